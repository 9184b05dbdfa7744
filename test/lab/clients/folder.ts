import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readLedger, type Operation } from './ledger';
import type { ClientPlan } from './plan';

/** What the client process is told besides the plan. No value of a secret is in it. */
export interface ClientSettings {
  /** Name of the run: lower-case letters, digits and hyphens. */
  readonly run: string;
  readonly plan: ClientPlan;
  /** Arguments of ssh(1) that let us in at the address. */
  readonly ssh: readonly string[];
  /** Files that hold a password each: of the directory's administrator, and of users of the drills. */
  readonly administratorPassword: string;
  readonly userPassword: string;
}

/** The folder of one run of clients: settings, and a ledger for each client. */
export class RunFolder {
  constructor(readonly path: string) {}

  static create(folder: string, settings: ClientSettings): RunFolder {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'clients.json'), `${JSON.stringify(settings, null, 2)}\n`);
    return new RunFolder(folder);
  }

  get settings(): ClientSettings {
    return JSON.parse(readFileSync(path.join(this.path, 'clients.json'), 'utf8')) as ClientSettings;
  }

  /** File of the ledger of a client. */
  ledgerFile(client: string): string {
    return path.join(this.path, `${client}.ledger`);
  }

  ledger(client: string): readonly Operation[] {
    return readLedger(this.ledgerFile(client));
  }

  get ledgers(): readonly string[] {
    return readdirSync(this.path).filter((name) => name.endsWith('.ledger'));
  }
}
