import { RunFolder, type ClientSettings } from '../clients/folder';
import { acknowledgedSince } from '../clients/ledger';
import { ClientProcess, inNamespace } from '../clients/process';
import { isSender, writes, type ClientFacts } from '../clients/plan';
import { compare, type Comparison } from '../clients/verify';
import { execute, sleep } from '../host/execute';
import type { Lab } from '../lab';
import { LabError } from '../topology-lab/plan';
import { cameBack, measure } from './measure';
import { installation } from './installation';
import type { Check, DrillEvent, MeasuredClient, MeasuredFrom, PredictedService } from './result';
import { intervalText, judge } from './verdict';

/** Seconds for clients to be served, when nothing is wrong. */
const SERVED = 90;
/** Seconds until every message that was taken is in its mailbox. */
const DELIVERED = 180;
/** Seconds in which no further message arrives, so that none is awaited. */
const STILL = 45;

/** One run of a drill: its clients, what was predicted, what was seen. */
export class ClientSession {
  readonly checks: Check[] = [];
  readonly events: DrillEvent[] = [];
  predicted: readonly PredictedService[] = [];
  measured: readonly MeasuredClient[] = [];
  ledgers: Record<string, Comparison> = {};
  measuredFrom: MeasuredFrom = 'fault';
  /** Share of this machine's processors that was given to others, once the run has ended. */
  stolen = 0;
  protected readonly folder: RunFolder;
  private process: ClientProcess | undefined;
  private faultAt: number | undefined;

  constructor(
    private readonly clientsLab: Lab,
    settings: ClientSettings,
    readonly report: (line: string) => void,
  ) {
    this.folder = RunFolder.create(clientsLab.directory.file('drills', settings.run), settings);
  }

  get clients(): readonly ClientFacts[] {
    return this.folder.settings.plan.clients;
  }

  /** The moment of the fault. */
  get fault(): number {
    if (this.faultAt === undefined) throw new LabError('there was no fault yet');
    return this.faultAt;
  }

  /** Something that has to hold. */
  check(what: string, held: boolean, detail = ''): void {
    this.add({ what, held, detail });
  }

  /** Something that has to hold, as it was judged. */
  add({ what, held, detail, ...more }: Check): void {
    this.checks.push({ what, held, detail, ...more });
    this.report(`  ${held ? 'ok    ' : 'FAILED'} ${what}${detail === '' ? '' : `: ${detail}`}`);
  }

  /** Writes down what happened now. */
  event(text: string, at = Date.now()): void {
    this.events.push({ at: this.faultAt === undefined ? 0 : at - this.faultAt, text });
    this.report(`  ${this.faultAt === undefined ? '' : `${((at - this.faultAt) / 1000).toFixed(1)} s `}${text}`);
  }

  /** States what will happen. */
  expects(predicted: readonly PredictedService[]): void {
    this.predicted = predicted;
    for (const one of predicted) this.report(`  predicted for ${one.client}: ${one.state}${intervalText(one)}`);
  }

  /** Starts the clients, and waits until each of them was served some times. */
  async start(times = 5): Promise<void> {
    const lab = this.clientsLab;
    this.process = ClientProcess.start(lab.namespace.name, installation().bundle, this.folder.path);
    await this.served(times);
  }

  /**
   * Waits until each client was served some times from now on.
   * @throws LabError naming those that were not when the time, in seconds, is over
   */
  async served(times: number, seconds = SERVED): Promise<void> {
    const began = Date.now();
    await this.all(
      seconds,
      `served ${times} times`,
      (client) => acknowledgedSince(this.ledger(client), began) >= times,
    );
  }

  /** Injects a fault. */
  async inject(text: string, action: () => Promise<void>): Promise<void> {
    this.faultAt = Date.now();
    this.report(`  fault: ${text}`);
    await action();
    this.event(text, this.faultAt);
  }

  /** Waits until each of some clients has failed and was then served some times. */
  async cameBackOf(clients: readonly string[], times: number, seconds: number): Promise<boolean> {
    return this.eventually(
      seconds,
      (client) => !clients.includes(client) || cameBack(this.ledger(client), this.fault, times),
    );
  }

  /** Watches for some seconds, whatever the clients see. */
  async watch(seconds: number): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (Date.now() < end) {
      this.process?.check();
      await sleep(Math.min(1, Math.max(0, (end - Date.now()) / 1000)));
    }
  }

  /** Measures what the clients saw since the fault, and compares it with the prediction. */
  judge(from: MeasuredFrom = 'fault', only: (client: ClientFacts) => boolean = () => true): void {
    const now = Date.now();
    this.measuredFrom = from;
    this.measured = this.clients.map(({ name }) => measure(name, this.ledger(name), this.fault, now));
    for (const { client, outage, sinceFault, failed, ended } of this.measured) {
      const time = from === 'fault' && failed > 0 ? sinceFault : outage;
      const text = ended ? `${((time ?? 0) / 1000).toFixed(1)} s` : 'no end';
      this.report(`  measured by ${client}: ${text}, ${failed} failed`);
    }
    for (const predicted of this.predicted) {
      const facts = this.clients.find(({ name }) => name === predicted.client);
      const measured = this.measured.find(({ client }) => client === predicted.client);
      if (!facts || !measured || !only(facts)) continue;
      // A login to a mailbox writes too, below the directory of the server.
      const writer = writes(facts) || facts.kind === 'imap';
      this.add(judge(predicted, measured, from, writer));
    }
  }

  /** How long each of some clients was without an answer at most since the fault, in milliseconds. */
  outagesOf(clients: readonly string[]): readonly number[] {
    const now = Date.now();
    return clients.flatMap((name) => measure(name, this.ledger(name), this.fault, now).outage ?? []);
  }

  /** Ends the clients, and compares what they wrote down with what is there. */
  async verify(): Promise<void> {
    await this.stopClients();
    const end = Date.now() + DELIVERED * 1000;
    let [before, since] = [Infinity, Date.now()];
    for (;;) {
      const found = await this.readBack();
      this.ledgers = Object.fromEntries(
        Object.entries(found).map(([client, numbers]) => [client, compare(this.written(client), numbers)]),
      );
      // A message that was taken is on its way for a while; entries and rows are there or are not.
      const mail = this.clients.filter(({ kind }) => isSender(kind)).map(({ name }) => name);
      const awaited = mail.reduce((sum, name) => sum + (this.ledgers[name]?.missing.length ?? 0), 0);
      if (awaited !== before) [before, since] = [awaited, Date.now()];
      if (awaited === 0 || Date.now() > Math.min(end, since + STILL * 1000)) return;
      await sleep(3);
    }
  }

  /** That nothing acknowledged is missing. */
  checkNothingLost(): void {
    for (const [client, { acknowledged, missing, duplicates, unexpected }] of Object.entries(this.ledgers)) {
      const rest = `${duplicates.length} twice, ${unexpected.length} there without an answer`;
      const lost = missing.length === 0 ? '' : `; missing: ${missing.slice(0, 20).join(', ')}`;
      const detail = `${acknowledged} acknowledged, ${missing.length} missing, ${rest}${lost}`;
      this.check(`${client}: nothing acknowledged is missing`, missing.length === 0, detail);
    }
  }

  /** Numbers of a client that were acknowledged before a moment and are not there. */
  lostBefore(client: string, moment: number): readonly number[] {
    const missing = new Set(this.ledgers[client]?.missing);
    return this.ledger(client)
      .filter(({ number, end }) => end < moment && missing.has(number))
      .map(({ number }) => number);
  }

  /** Ends everything that the run has started. */
  async stop(): Promise<void> {
    await this.stopClients();
  }

  private async stopClients(): Promise<void> {
    await this.process?.stop();
    this.process = undefined;
  }

  /** What was written of what a client reads back. */
  protected written(client: string): ReturnType<RunFolder['ledger']> {
    return this.ledger(client);
  }

  protected ledger(client: string): ReturnType<RunFolder['ledger']> {
    return this.folder.ledger(client);
  }

  private async all(seconds: number, what: string, holds: (client: string) => boolean): Promise<void> {
    if (await this.eventually(seconds, holds)) return;
    const late = this.clients.map(({ name }) => name).filter((name) => !holds(name));
    const why = late.map((name) => `${name} (${this.ledger(name).at(-1)?.reason ?? 'no operation yet'})`);
    throw new LabError(`not ${what} within ${seconds} s: ${why.join(', ')}`);
  }

  private async eventually(seconds: number, holds: (client: string) => boolean): Promise<boolean> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      this.process?.check();
      if (this.clients.every(({ name }) => holds(name))) return true;
      if (Date.now() >= end) return false;
      await sleep(0.5);
    }
  }

  private async readBack(): Promise<Readonly<Record<string, readonly number[]>>> {
    const lab = this.clientsLab;
    const words = inNamespace(lab.namespace.name, installation().bundle, 'printReadBack', this.folder.path);
    const { status, stdout, stderr } = await execute('ip', words, { timeout: 180 });
    if (status !== 0) throw new LabError(`what the clients wrote can not be read: ${stderr.trim()}`);
    const found = JSON.parse(stdout) as Record<string, readonly number[] | { readonly error: string }>;
    return Object.fromEntries(
      Object.entries(found).map(([client, numbers]) => {
        if ('error' in numbers) throw new LabError(`what ${client} wrote can not be read: ${numbers.error}`);
        return [client, numbers];
      }),
    );
  }
}
