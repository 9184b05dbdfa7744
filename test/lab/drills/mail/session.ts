import type { MeasuredSwitch } from '../../../../lib/predict/calibrate';
import type { Fault } from '../../../../lib/predict/fault';
import { predict } from '../../../../lib/predict/predict';
import type { ServiceOutcome } from '../../../../lib/predict/outcome';
import { arrivedTwice, readArrivals, type MailArrival, type Twice } from '../../clients/arrivals';
import { longestOutage } from '../../clients/ledger';
import { planMailClients, recipientOf, serverOf, sinkOf } from '../../clients/mail-plan';
import type { MailFacts } from '../../clients/plan';
import { ClientProcess } from '../../clients/process';
import { planSink, setSinkMode, sinkListens, type SinkMode } from '../../clients/sink';
import { until } from '../../host/execute';
import { LabError } from '../../topology-lab/plan';
import { ClientSession } from '../client-session';
import { stepTimes } from '../expectation';
import { heartbeatEvents } from '../heartbeat-log';
import { installation } from '../installation';
import { secretFile } from '../prepare';
import type { MeasuredClient } from '../result';
import type { MailDrill } from './drill';
import type { MailLab, PlacedMailServer } from './mail-lab';

/** Name under which the senders are predicted and measured together. */
export const SENDERS = 'senders';

/** A message that a server has accepted. */
export interface Accepted {
  readonly recipient: string;
  /** When the server said so. */
  readonly at: number;
  readonly server: string;
}

/** One run of a drill on a mail pair: senders, a sink, what was predicted, what was seen. */
export class MailSession extends ClientSession {
  private sink: ClientProcess | undefined;
  private readonly arrivalsFile: string;

  constructor(
    readonly mail: MailLab,
    { senders, through }: MailDrill,
    readonly run: string,
    /** The planned switches that were measured, of which the step times come. */
    readonly switches: readonly MeasuredSwitch[],
    report: (line: string) => void,
  ) {
    const { lab, pair, mailPair } = mail;
    const arrivals = lab.directory.file('drills', run, 'arrivals');
    const address = through === 'balancer' ? mail.front.balancer.address.address : undefined;
    const plan = planMailClients(pair.topology, mailPair, {
      ...{ senders, arrivals },
      ...(address === undefined ? {} : { through: address }),
    });
    const [administratorPassword, userPassword] = [
      secretFile(lab, 'administrator', undefined),
      secretFile(lab, 'user', undefined),
    ];
    super(lab, { run, plan, ssh: [], administratorPassword, userPassword }, report);
    this.arrivalsFile = arrivals;
    planSink(this.folder.path, { ...sinkOf(mailPair), arrivals });
  }

  /** Starts the sink and the senders, and waits until each sender was served. @throws LabError when the sink does not listen */
  async begin(mode: SinkMode): Promise<void> {
    await this.startSink(mode);
    await this.start();
  }

  /** Starts the sink. @throws LabError when it does not listen */
  async startSink(mode: SinkMode): Promise<void> {
    this.setSink(mode);
    this.sink = ClientProcess.start(this.mail.lab.namespace.name, installation().bundle, this.folder.path, 'runSink');
    if (!(await until(20, () => sinkListens(this.folder.path)))) {
      this.sink.check();
      throw new LabError('the sink does not listen');
    }
  }

  /** Waits until some sender was served from now on. */
  async accepts(seconds: number): Promise<boolean> {
    const began = Date.now();
    return this.waitFor(seconds, () => this.accepted().some(({ at }) => at >= began));
  }

  setSink(mode: SinkMode): void {
    setSinkMode(this.folder.path, mode);
  }

  /** What a fault will do to the service of a server, by the switches that were measured. @throws LabError for an unknown one */
  outcomeOf({ service }: PlacedMailServer, fault: Fault): ServiceOutcome {
    const { topology } = this.mail.pair;
    const times = stepTimes(topology, this.switches);
    const found = predict(topology, fault, times).services.find((one) => one.service === service);
    if (!found) throw new LabError(`nothing is predicted for ${service}`);
    return found;
  }

  /** Everything that some server, or one at an address, has accepted so far. */
  accepted(server?: string): readonly Accepted[] {
    return this.senders.flatMap((facts) =>
      this.ledger(facts.name)
        .filter(({ acknowledged }) => acknowledged)
        .map(({ number, end }) => ({
          recipient: recipientOf(facts, this.run, number),
          at: end,
          server: serverOf(facts, number),
        }))
        .filter((message) => server === undefined || message.server === server),
    );
  }

  /** What the sink has so far of this run. */
  arrivals(): readonly MailArrival[] {
    return readArrivals(this.arrivalsFile);
  }

  /** What the sink has of that which a server has accepted, whoever delivered it. */
  arrivalsOf(server: string): readonly MailArrival[] {
    const own = new Set(this.accepted(server).map(({ recipient }) => recipient));
    return this.arrivals().filter(({ recipient }) => own.has(recipient));
  }

  /** What a server has accepted and the sink does not have. */
  waiting(server: string): readonly Accepted[] {
    const there = new Set(this.arrivals().map(({ recipient }) => recipient));
    return this.accepted(server).filter(({ recipient }) => !there.has(recipient));
  }

  twice(): readonly Twice[] {
    return arrivedTwice(this.arrivals());
  }

  /** Waits for something. @returns whether it came within the seconds */
  async waitFor(seconds: number, holds: () => boolean): Promise<boolean> {
    const end = Date.now() + seconds * 1000;
    while (!holds()) {
      if (Date.now() >= end) return false;
      this.sink?.check();
      await this.watch(0.5);
    }
    return true;
  }

  /** How long no server at all has accepted a message, at most, since the fault. */
  measureSenders(): MeasuredClient {
    const all = this.senders.flatMap(({ name }) => this.ledger(name)).sort((one, other) => one.end - other.end);
    // Each sender asks both servers in turn: what fails behind the last answer is an attempt at the one that is lost.
    const served = all.findLastIndex(({ acknowledged, end }) => acknowledged && end > this.fault);
    const outage = longestOutage(served < 0 ? all : all.slice(0, served + 1), this.fault);
    const ended = outage?.to !== undefined;
    const { failed = 0, from = 0, to = 0 } = outage ?? {};
    return { client: SENDERS, failed, ended, ...(ended ? { outage: to - from, sinceFault: to - this.fault } : {}) };
  }

  /** Adds what heartbeat on a node wrote since the fault to the events. */
  async tellLog(node: string): Promise<void> {
    const { status, stdout } = await this.mail.lab.ssh(node, 'tail -n 400 /var/log/ha-log');
    if (status === 0) this.events.push(...heartbeatEvents(stdout, this.fault));
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.sink?.stop();
    this.sink = undefined;
  }

  private get senders(): readonly MailFacts[] {
    return this.clients.filter((client): client is MailFacts => client.kind === 'mail');
  }
}
