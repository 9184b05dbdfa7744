import path from 'node:path';
import { order, type Answer, type Order } from './daemon/protocol';
import type { LabDirectory } from './host/directory';
import { execute, until, type ExecuteOptions, type Outcome } from './host/execute';
import { Namespace } from './host/namespace';
import { LabError, type LabNode, type LabPlan } from './topology-lab/plan';

/** A running lab, as drills and commands use it. */
export class Lab {
  readonly plan: LabPlan;
  readonly namespace: Namespace;

  constructor(readonly directory: LabDirectory) {
    this.plan = directory.plan;
    this.namespace = new Namespace(directory.state.namespace);
  }

  /** Name of the lab; by default that of its deployment. */
  get name(): string {
    return path.basename(this.directory.path);
  }

  /** @throws LabError for a name that no node has */
  node(name: string): LabNode {
    const found = this.plan.nodes.find((node) => node.name === name);
    if (found) return found;
    throw new LabError(`there is no node '${name}'; there are ${this.plan.nodes.map((node) => node.name).join(', ')}`);
  }

  /** @throws LabError for a name that no network has */
  network(name: string): string {
    const names = this.plan.networks.map((network) => network.name);
    if (names.includes(name)) return name;
    throw new LabError(`there is no network '${name}'; there are ${names.join(', ')}`);
  }

  /** Runs a command on a node, in a shell. A node that does not answer gives status 255. */
  ssh(name: string, command: string, options: ExecuteOptions = {}): Promise<Outcome> {
    return execute('ip', this.sshArguments(name, [command]), options);
  }

  /**
   * Runs a command on a node that must succeed there, and returns its output.
   * @throws LabError with what it said
   */
  async sshMust(name: string, command: string, options: ExecuteOptions = {}): Promise<string> {
    const { status, stdout, stderr, timedOut } = await this.ssh(name, command, options);
    if (status === 0) return stdout;
    const how = timedOut ? `took more than ${options.timeout ?? 30} s` : `failed with ${status}`;
    throw new LabError(`${name}: '${command}' ${how}: ${(stderr || stdout).trim()}`);
  }

  /** Arguments of `ip` that open a shell on a node, or run a command there. */
  sshArguments(name: string, command: readonly string[]): string[] {
    return [
      ...['netns', 'exec', this.namespace.name, 'ssh', '-F', this.directory.file('ssh_config')],
      ...[this.node(name).name, ...command],
    ];
  }

  /** Waits until a node lets us in. @returns the seconds it took; undefined when the time was over */
  async reachable(name: string, seconds = 60): Promise<number | undefined> {
    const began = Date.now();
    const answered = await until(seconds, async () => (await this.ssh(name, 'true', { timeout: 5 })).status === 0);
    return answered ? (Date.now() - began) / 1000 : undefined;
  }

  /** Gives an order to the daemon of the lab. */
  order(what: Order): Promise<Answer> {
    return order(this.directory.control, what);
  }
}
