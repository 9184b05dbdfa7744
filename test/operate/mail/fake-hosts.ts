import { UnreachableError, type RemoteOptions, type RemoteOutcome } from '../../../lib/operate/remote/remote';
import { lookup } from '../../../lib/topology/lookup';
import type { HostFacts } from '../../../lib/topology/site';
import type { Topology } from '../../../lib/topology/topology';
import { FakeOperator } from '../fake-operator';
import { printed, topology as inContainers, type HostProps, type Queue } from './looks';

/** Hosts of mail servers: each instance runs at one host at most, and its lock is seen by all. */
export class FakeHosts extends FakeOperator {
  /** Host by the server whose instance it runs. */
  readonly serving: Record<string, string | undefined> = {};
  /** Hosts that do not answer; what they ran holds its lock only when it hangs. */
  readonly lost = new Set<string>();
  readonly hangs = new Set<string>();
  readonly deferred: Record<string, number> = {};
  /** Commands that change something, as `host: command`. */
  readonly commands: string[] = [];
  /** Commands that fail, and why. */
  readonly failing: (readonly [RegExp, string])[] = [];
  /** Called for each command that changes something. */
  onCommand: (host: string, command: string) => void = () => undefined;

  constructor(readonly topology: Topology = inContainers) {
    super();
    for (const { name, host } of topology.mailServers) this.serving[name] = lookup(topology).host(host).name;
  }

  /** The power of a host is gone, and with it its locks. */
  dies(host: string): void {
    this.lost.add(host);
    for (const [server, where] of Object.entries(this.serving)) if (where === host) this.serving[server] = undefined;
  }

  async run(host: HostFacts, command: string, { input }: RemoteOptions = {}): Promise<RemoteOutcome> {
    this.clock += 100;
    if (this.lost.has(host.name) || this.hangs.has(host.name))
      throw new UnreachableError(`${host.name} is not reached (no route to host)`);
    const said = (status: number, stdout = '', stderr = ''): RemoteOutcome => ({ status, stdout, stderr });
    if (command === ':') return said(0);
    if (input !== undefined) return said(0, printed(this.topology, host, this.propsOf(host)));
    const [, status] = /tandem-mail-queue status '([^']+)'/.exec(command) ?? [];
    if (status !== undefined) return said({ running: 0, stopped: 3, held: 75 }[this.stateAt(status, host.name)]);
    this.commands.push(`${host.name}: ${command.replace(/^PATH=.*\n/, '')}`);
    this.onCommand(host.name, command);
    const failure = this.failing.find(([pattern]) => pattern.test(`${host.name}: ${command}`));
    if (failure) return said(1, '', failure[1]);
    const [, verb, server = ''] = /(start|stop) '(?:postfix-)?([^'.]+)(?:\.service)?'/.exec(command) ?? [];
    if (verb === 'stop' && this.serving[server] === host.name) this.serving[server] = undefined;
    if (verb === 'start') {
      if (this.stateAt(server, host.name) === 'held') return said(75, '', 'another one has this queue');
      this.serving[server] = host.name;
    }
    const [, flushed = ''] = /postqueue -c '\/etc\/postfix-([^']+)' -f/.exec(command) ?? [];
    if (flushed !== '') this.deferred[flushed] = 0;
    return said(0);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private stateAt(server: string, host: string): 'running' | 'stopped' | 'held' {
    const where = this.serving[server];
    return where === undefined ? 'stopped' : where === host ? 'running' : 'held';
  }

  private propsOf(host: HostFacts): HostProps {
    const servers = this.topology.mailServers;
    const queues = servers.map(({ name }): [string, Queue] => {
      const counts = { active: 0, incoming: 0, deferred: this.deferred[name] ?? 0, hold: 0, maildrop: 0, size: 0 };
      return [name, { state: this.stateAt(name, host.name), ...counts }];
    });
    const atHome = servers.filter(
      (server) =>
        this.serving[server.name] === lookup(this.topology).host(server.host).name &&
        !this.hangs.has(this.serving[server.name] ?? ''),
    );
    return { queues: Object.fromEntries(queues), hears: atHome.map(({ name }) => name) };
  }
}
