import { contextOf, holdsAll, newestOf } from '../../../../lib/operate/directory/csn';
import type { DirectoryFacts, DirectoryServerFacts, ReplicaRole } from '../../../../lib/topology/replication';
import { lookup } from '../../../../lib/topology/lookup';
import type { Topology } from '../../../../lib/topology/topology';
import { sleep } from '../../host/execute';
import type { Lab } from '../../lab';
import { LabError } from '../../topology-lab/plan';
import { parseServerFacts, serverFactsCommand, type ServerFacts } from './server-facts';

/** Seconds that a node may take to tell of itself. */
const TELLS = 20;

/** A server of the directory, and where it runs. */
export interface PlacedServer {
  readonly facts: DirectoryServerFacts;
  readonly node: string;
  readonly role: ReplicaRole;
}

/** The servers of a lab's first directory that has a failover group. */
export class Servers {
  readonly directory: DirectoryFacts;
  readonly all: readonly PlacedServer[];

  /** @throws LabError for a deployment without such a directory */
  constructor(
    readonly lab: Lab,
    readonly topology: Topology,
  ) {
    const group = topology.failoverGroups[0];
    const directory = topology.directories.find(({ id }) => id === group?.directory);
    if (!directory) throw new LabError(`deployment '${topology.name}' has no directory with a failover group`);
    this.directory = directory;
    this.all = topology.replicas
      .filter((replica) => replica.directory === directory.id)
      .flatMap(({ server, role }) => {
        const facts = topology.directoryServers.find(({ id }) => id === server);
        return facts ? [{ facts, role, node: lookup(topology).host(facts.host).name }] : [];
      });
  }

  /** Those that may take writes, now or after a switch. */
  get members(): readonly PlacedServer[] {
    return this.all.filter(({ role }) => role === 'supplier' || role === 'mirror');
  }

  /** Names of the clients that read on the server of a node. */
  readersOn(node: string): readonly string[] {
    return this.all.filter((server) => server.node === node).map(({ facts }) => facts.name);
  }

  /** What each node says that answers. */
  async facts(): Promise<readonly ServerFacts[]> {
    const command = serverFactsCommand(this.directory.suffix);
    const answers = await Promise.all(
      this.all.map(async ({ node }) => {
        const { status, stdout } = await this.lab.ssh(node, command, { timeout: TELLS });
        return status === 0 ? parseServerFacts(node, stdout) : undefined;
      }),
    );
    return answers.filter((answer) => answer !== undefined);
  }

  /** The nodes of members that take writes. */
  masters(facts: readonly ServerFacts[]): readonly string[] {
    const members = this.members.map(({ node }) => node);
    return facts.filter(({ node, takesWrites }) => takesWrites && members.includes(node)).map(({ node }) => node);
  }

  /** Why not every server serves with one master and equal copies. Empty when all is well. */
  troubles(facts: readonly ServerFacts[]): readonly string[] {
    const silent = this.all.filter(({ node }) => !facts.some((one) => one.node === node));
    const masters = this.masters(facts);
    const open = facts.filter(({ runs, closed }) => runs && !closed);
    const newest = newestOf(open.map(({ changes }) => contextOf(changes)));
    const idOf = (node: string): number | undefined => this.all.find((one) => one.node === node)?.facts.serverId;
    const whole = open.every(({ node, changes }) => holdsAll(contextOf(changes, idOf(node)), newest));
    const shown = open.map(({ node, changes }) => `${node} ${changes.join(' ')}`).join(', ');
    return [
      ...silent.map(({ node }) => `${node} does not answer`),
      ...facts.filter(({ runs }) => !runs).map(({ node }) => `slapd does not answer on ${node}`),
      ...facts.filter(({ closed }) => closed).map(({ node }) => `the directory is closed on ${node}`),
      ...(masters.length === 1 ? [] : [`${masters.length === 0 ? 'no member' : masters.join(' and ')} takes writes`]),
      ...(whole ? [] : [`the copies have different changes: ${shown}`]),
    ];
  }

  /**
   * Waits until all is well, and tells the node of the master.
   * @throws LabError with what is wrong when the time, in seconds, is over
   */
  async whole(seconds: number): Promise<string> {
    const { facts, troubles } = await this.wait(seconds, (told) => this.troubles(told));
    const [master] = this.masters(facts);
    if (troubles.length === 0 && master !== undefined) return master;
    throw new LabError(`the directory is not whole after ${seconds} s: ${troubles.join('; ')}`);
  }

  /** Waits until there are no troubles, of a kind that the caller knows, or the time is over. */
  async wait(
    seconds: number,
    judge: (facts: readonly ServerFacts[]) => readonly string[],
  ): Promise<{
    readonly facts: readonly ServerFacts[];
    readonly troubles: readonly string[];
    readonly seconds: number;
  }> {
    const began = Date.now();
    for (;;) {
      const facts = await this.facts();
      const troubles = judge(facts);
      const passed = (Date.now() - began) / 1000;
      if (troubles.length === 0 || passed >= seconds) return { facts, troubles, seconds: passed };
      await sleep(1);
    }
  }
}
