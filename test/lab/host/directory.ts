import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { LabError, type LabPlan } from '../topology-lab/plan';
import { alive, type ProcessRecord } from './process-record';

/** What a running lab has on this machine, so that `down` can end it whatever became of the rest. */
export interface LabState {
  readonly namespace: string;
  readonly image: string;
  readonly kernel: string;
  /** Memory of each node, in MiB. */
  readonly memory: number;
  readonly daemon?: ProcessRecord;
}

/** The processes of the daemon, which it writes down itself. */
export interface RunningState {
  readonly nodes: Readonly<Record<string, ProcessRecord>>;
  readonly cables: Readonly<Record<string, ProcessRecord>>;
}

/** Where all labs and images of this user lie. */
export function labHome(): string {
  return process.env['TANDEM_LAB_DIRECTORY'] ?? path.join(homedir(), '.cache', 'tandem-lab');
}

/** The folder of one lab. */
export class LabDirectory {
  constructor(readonly path: string) {}

  /** The folder of the lab of this name. */
  static of(name: string): LabDirectory {
    return new LabDirectory(path.join(labHome(), 'labs', name));
  }

  /**
   * The one lab that there is, or the named one of several.
   * @throws LabError when there is none, or several and no name
   */
  static find(name?: string): LabDirectory {
    const folder = path.join(labHome(), 'labs');
    const names = existsSync(folder) ? readdirSync(folder).filter((n) => LabDirectory.of(n).exists) : [];
    if (name !== undefined) {
      if (!names.includes(name)) throw new LabError(`there is no lab '${name}'; 'up ${name}' starts it`);
      return LabDirectory.of(name);
    }
    const [only, ...others] = names;
    if (only === undefined) throw new LabError(`no lab runs; 'up STACK' starts one`);
    if (others.length > 0) throw new LabError(`several labs run (${names.join(', ')}); say which with --lab NAME`);
    return LabDirectory.of(only);
  }

  get exists(): boolean {
    return existsSync(this.file('state.json'));
  }

  /** Whether its daemon runs. Without one, after a reboot of this machine say, a lab cannot be used any more. */
  get runs(): boolean {
    const { daemon } = this.state;
    return daemon !== undefined && alive(daemon);
  }

  file(...names: string[]): string {
    return path.join(this.path, ...names);
  }

  node(name: string, ...names: string[]): string {
    return path.join(this.path, 'nodes', name, ...names);
  }

  /** The socket on which the daemon takes orders. */
  get control(): string {
    return this.file('control');
  }

  get plan(): LabPlan {
    return readJson<LabPlan>(this.file('plan.json'));
  }

  get state(): LabState {
    return readJson<LabState>(this.file('state.json'));
  }

  get running(): RunningState {
    const file = this.file('running.json');
    return existsSync(file) ? readJson<RunningState>(file) : { nodes: {}, cables: {} };
  }

  write(name: 'plan.json' | 'state.json' | 'running.json', value: LabPlan | LabState | RunningState): void {
    mkdirSync(this.path, { recursive: true });
    // By rename: a reader never sees half a file.
    writeFileSync(this.file(`${name}.new`), `${JSON.stringify(value, null, 2)}\n`);
    renameSync(this.file(`${name}.new`), this.file(name));
  }
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
