import type { MeasuredSwitch } from '../../../lib/predict/calibrate';
import type { Fault } from '../../../lib/predict/fault';
import { ClientSession } from './client-session';
import { asRunning, expectation } from './expectation';
import { heartbeatEvents } from './heartbeat-log';
import type { NodeFacts } from './node-facts';
import type { Pair, Placement } from './pair';
import { clientSettings } from './prepare';

/** One run of a drill on a pair. */
export class Session extends ClientSession {
  constructor(
    readonly pair: Pair,
    /** Who runs what at the beginning. */
    readonly placement: Placement,
    run: string,
    /** The planned switches that were measured, of which the step times come. */
    readonly switches: readonly MeasuredSwitch[],
    report: (line: string) => void,
  ) {
    super(pair.lab, clientSettings(pair, run), report);
  }

  /** The node that the drill is about: it runs the first group, in a cold standby the only one. */
  get active(): string {
    return this.placement[this.pair.groups[0]?.facts.name ?? ''] ?? '';
  }

  /** The other one. */
  get standby(): string {
    return this.pair.other(this.active);
  }

  /** States what faults will do, before they happen. */
  predict(faults: readonly Fault[]): void {
    const { pair, switches } = this;
    const running = asRunning(pair, this.placement);
    this.expects(expectation(running, this.folder.settings.plan, faults, switches));
  }

  /** Names of the clients of the groups that a node ran at the beginning. */
  clientsOn(node: string): readonly string[] {
    const { pair, placement } = this;
    const addresses = pair.groups.filter(({ facts }) => placement[facts.name] === node).map(({ place }) => place);
    return this.clients.filter(({ address }) => addresses.includes(address)).map(({ name }) => name);
  }

  /** That no node was reset or took over since facts were taken. */
  async checkUntouched(before: readonly NodeFacts[]): Promise<void> {
    const after = await this.pair.facts();
    const boot = (facts: readonly NodeFacts[], node: string): string =>
      facts.find((one) => one.node === node)?.boot ?? 'no answer';
    const reset = this.pair.nodes.filter((node) => boot(before, node) !== boot(after, node));
    this.check('no node was reset', reset.length === 0, reset.join(', '));
    for (const group of this.pair.groups) {
      const { name } = group.facts;
      const [was = 'no node', is = 'no node'] = [this.placement[name], this.pair.holders(after, group).join(' and ')];
      this.check(`${was} runs ${name} all the time`, is === was, `address on ${is || 'no node'}`);
    }
  }

  /** Adds what heartbeat on a node wrote since the fault to the events. */
  async tellLog(node: string): Promise<void> {
    const { status, stdout } = await this.pair.lab.ssh(node, 'tail -n 400 /var/log/ha-log');
    if (status === 0) this.events.push(...heartbeatEvents(stdout, this.fault));
  }
}
