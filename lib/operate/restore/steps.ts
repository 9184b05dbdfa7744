import type { BackupFacts } from '../../topology/backup';
import { backupUnitsOf, PROVISION_COMMAND, restoreCommandOf } from '../../topology/host-commands';
import { lookup } from '../../topology/lookup';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { isInterrupted, outcomeOf, UnfinishedError, type Operation } from '../pair/operation';
import type { Pair } from '../pair/pair';
import { HOST_PATH } from '../pair/probe';
import { shellWord } from '../../topology/shell-word';
import type { Dump } from './dumps';

const STOP_HEARTBEAT = 'systemctl stop heartbeat.service';

/** Seconds that heartbeat may take to stop all services of a node. */
const STOP = 900;
/** Seconds that making file systems, or filling a store, may take. */
const LONG = 4 * 3600;

/** The steps of a restore: each is shown, and a failure says where the restore stands. */
export class RestoreSteps {
  private heartbeatStopped = false;

  constructor(
    private readonly operation: Operation,
    private readonly pair: Pair,
    private readonly repeat: string,
  ) {}

  /** Runs one step on a node. */
  async run(host: HostFacts, what: string, command: string, timeout = 120): Promise<string> {
    if (isInterrupted(this.operation)) throw this.unfinished('interrupted', [`before: ${what} on ${host.name}`]);
    this.operation.say(`${host.name}: ${what}`);
    const progress = (line: string): void => (line.trim() === '' ? undefined : this.operation.say(`  ${line}`));
    const outcome = await outcomeOf(this.operation, host, command, { timeout, progress });
    if (outcome.status === 0) return `${outcome.stdout}\n${outcome.stderr}`;
    throw this.unfinished(
      `${what} failed on ${host.name} with ${outcome.status}`,
      (outcome.stderr.trim() || outcome.stdout.trim()).split('\n').slice(-5),
    );
  }

  /** A dump that lies on another host is sent as that host sends every new dump. */
  async bring(dump: Dump, to: HostFacts): Promise<void> {
    if (dump.host.id === to.id) return;
    const file = dump.file.slice(dump.file.lastIndexOf('/') + 1);
    const receive = `/usr/local/sbin/tandem-backup-${dump.backup.name} --receive ${file}`;
    const addresses = to.interfaces.map((from) => shellWord(from.address)).join(' ');
    await this.run(
      dump.host,
      `sending ${file} to ${to.name}`,
      `${HOST_PATH}
for a in ${addresses}; do
  ssh -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=10 root@"$a" ${shellWord(receive)} <${shellWord(dump.file)} && exit 0
done
exit 1`,
      LONG,
    );
  }

  /** Dumps must not be made of stores that are half filled. */
  async timers(verb: 'stop' | 'start', backups: readonly BackupFacts[]): Promise<void> {
    const { host } = lookup(this.pair.topology);
    for (const one of new Set(backups.flatMap((backup) => backup.hosts)))
      await this.run(
        host(one),
        `${verb} the timers of the dumps`,
        `systemctl ${verb} ${backups.map((backup) => shellWord(backupUnitsOf(backup.name).timer)).join(' ')}`,
      );
  }

  /**
   * Stops heartbeat, and so every group.
   * @param order the nodes one after the other, the one that runs less first, so that nothing moves; those of one step
   * stop at the same time: of two nodes that run nothing the second would try to take over from the first
   */
  async stopCluster(topology: Topology, order: readonly (readonly HostFacts[])[]): Promise<void> {
    this.heartbeatStopped = true;
    const groups = this.pair.cluster.groups;
    const units = [
      ...(this.pair.cluster.monitoring ? groups.map((group) => `tandem-monitor@${group.name}.service`) : []),
      ...groups.flatMap((group) => [...lookup(topology).servicesOf(group)].reverse().map((service) => service.unit)),
    ];
    const stop = `systemctl stop ${units.map(shellWord).join(' ')}`;
    for (const step of order)
      await Promise.all(
        step.map((host) => this.run(host, 'stop heartbeat, and with it the groups', STOP_HEARTBEAT, STOP)),
      );
    // What a failed start or stop left behind.
    for (const host of order.flat()) await this.run(host, 'stop what is left of the services', stop, STOP);
  }

  /** Brings empty disks to work; a disk with data is left alone. Gives what the nodes said. */
  async provision(nodes: readonly HostFacts[]): Promise<string> {
    const said: string[] = [];
    for (const action of ['metadata', 'initialize'])
      for (const host of nodes)
        said.push(await this.run(host, `tandem-provision ${action}`, `/bin/sh ${PROVISION_COMMAND} ${action}`, LONG));
    return said.join('\n');
  }

  /** Fills one store. */
  async fill(dump: Dump, on: HostFacts, replace: boolean): Promise<void> {
    const words = [restoreCommandOf(dump.backup.name), '--yes', ...(replace ? ['--replace'] : []), dump.file];
    await this.run(on, `${words.slice(0, -1).join(' ')} ${dump.file}`, words.map(shellWord).join(' '), LONG);
  }

  /** Starts heartbeat on all nodes before one is waited for: alone, a node would fence the other. */
  async startCluster(nodes: readonly HostFacts[]): Promise<void> {
    for (const host of nodes)
      await this.run(host, 'tandem-provision start --no-wait', `/bin/sh ${PROVISION_COMMAND} start --no-wait`);
    this.heartbeatStopped = false;
  }

  /** The error for a restore that has not come to its end. */
  unfinished(what: string, state: readonly string[]): UnfinishedError {
    const names = this.pair.cluster.nodes.map((node) => lookup(this.pair.topology).host(node).name);
    return new UnfinishedError(
      what,
      [...state, ...(this.heartbeatStopped ? [`heartbeat is stopped on ${names.join(' and ')}: no group runs`] : [])],
      [
        `mend the cause, then: ${this.repeat}`,
        ...(this.heartbeatStopped
          ? [
              `or start with the data as it is: ${names.map((name) => `ssh ${name} ${PROVISION_COMMAND} start --no-wait`).join('; ')}`,
              `the timers of the dumps are stopped until a restore came to its end: systemctl start 'tandem-backup-*.timer'`,
            ]
          : [`tandem status ${this.pair.topology.name}`]),
      ],
    );
  }
}
