import type { HeartbeatClusterFacts, ResourceGroupFacts } from '../../../lib/topology/cluster';
import { lookup } from '../../../lib/topology/lookup';
import type { Topology } from '../../../lib/topology/topology';
import { sleep } from '../host/execute';
import type { Lab } from '../lab';
import { LabError } from '../topology-lab/plan';
import { factsCommand, parseFacts, type NodeFacts } from './node-facts';

/** Seconds that a node may take to tell of itself. */
const TELLS = 20;

/** The two nodes of a lab's first cluster, and its first group. */
export class Pair {
  readonly cluster: HeartbeatClusterFacts;
  readonly group: ResourceGroupFacts;
  readonly nodes: readonly string[];
  /** The group's virtual address. */
  readonly address: string;

  /** @throws LabError for a deployment without a group that has a virtual address */
  constructor(
    readonly lab: Lab,
    readonly topology: Topology,
  ) {
    const [cluster] = topology.clusters;
    const [group] = cluster?.groups ?? [];
    const address = group?.members.find((member) => member.kind === 'address');
    if (!cluster || !group || !address)
      throw new LabError(`deployment '${topology.name}' has no resource group with a virtual address to drill`);
    this.cluster = cluster;
    this.group = group;
    this.address = address.address;
    this.nodes = cluster.nodes.map((id) => lookup(topology).host(id).name);
  }

  /** The id of a node in the topology. */
  id(node: string): string {
    return this.topology.hosts.find(({ name }) => name === node)?.id ?? node;
  }

  /** The node that is not this one. */
  other(node: string): string {
    const found = this.nodes.find((name) => name !== node);
    if (found === undefined) throw new LabError(`${node} has no other node`);
    return found;
  }

  /** What each node says that answers. */
  async facts(): Promise<readonly NodeFacts[]> {
    const command = factsCommand(this.topology);
    const answers = await Promise.all(
      this.nodes.map(async (node) => {
        const { status, stdout } = await this.lab.ssh(node, command, { timeout: TELLS });
        return status === 0 ? parseFacts(node, stdout) : undefined;
      }),
    );
    return answers.filter((answer) => answer !== undefined);
  }

  /** Nodes that have the virtual address, of those that answered. */
  holders(facts: readonly NodeFacts[]): readonly string[] {
    return facts.filter(({ addresses }) => addresses.includes(this.address)).map(({ node }) => node);
  }

  /**
   * Why the pair is not in the state that every drill begins and ends with: both nodes members, one of them active with
   * every service, every volume up to date on both. Empty when it is.
   * @param active who must be active; either, when it is left out
   */
  troubles(facts: readonly NodeFacts[], active?: string): readonly string[] {
    const silent = this.nodes.filter((node) => !facts.some((one) => one.node === node));
    const holders = this.holders(facts);
    return [
      ...silent.map((node) => `${node} does not answer`),
      ...facts.flatMap((one) => this.troublesOf(one, holders)),
      ...(holders.length === 1
        ? []
        : [`the address is on ${holders.length === 0 ? 'no node' : holders.join(' and ')}`]),
      ...(active !== undefined && holders.length === 1 && holders[0] !== active ? [`${active} is not active`] : []),
    ];
  }

  private troublesOf(one: NodeFacts, holders: readonly string[]): readonly string[] {
    const { node, heartbeat, members, volumes, busy } = one;
    const holds = holders.includes(node);
    const minors = this.topology.drbdResources.flatMap((resource) => resource.volumes.map(({ minor }) => minor));
    const wanted = holds ? 'Primary' : 'Secondary';
    const units = lookup(this.topology)
      .servicesOf(this.group)
      .map(({ unit }) => unit);
    return [
      ...(heartbeat ? [] : [`heartbeat does not run on ${node}`]),
      ...this.nodes
        .filter((name) => heartbeat && members[name] !== 'active')
        .map((name) => `${node} sees ${name} as ${members[name] === '' ? 'unknown' : (members[name] ?? 'unknown')}`),
      ...(busy ? [`${node} starts or stops resources`] : []),
      ...minors.flatMap((minor) => {
        const volume = volumes[minor];
        if (!volume) return [`minor ${minor} is not there on ${node}`];
        const { connection, role, disk, peerDisk, outOfSync } = volume;
        const good = connection === 'Connected' && disk === 'UpToDate' && peerDisk === 'UpToDate' && role === wanted;
        // Seen once: a disk that was called up to date and lacked 36 MB.
        if (good && outOfSync > 0) return [`minor ${minor} on ${node} lacks ${outOfSync} KiB and is called UpToDate`];
        return good ? [] : [`minor ${minor} on ${node} is ${connection} ${role} ${disk}/${peerDisk}`];
      }),
      ...(holds
        ? units.filter((unit) => !one.active.includes(unit)).map((unit) => `${unit} does not run on ${node}`)
        : []),
    ];
  }

  /**
   * Waits until the pair is whole, and tells who is active.
   * @throws LabError with what is wrong when the time, in seconds, is over
   */
  async whole(seconds: number, active?: string): Promise<string> {
    const { facts, troubles } = await this.wait(seconds, (told) => this.troubles(told, active));
    const [holder] = this.holders(facts);
    if (troubles.length === 0 && holder !== undefined) return holder;
    throw new LabError(`the pair is not whole after ${seconds} s: ${troubles.join('; ')}`);
  }

  /** Waits until there are no troubles, of a kind that the caller knows, the copies have split, or the time is over. */
  async wait(
    seconds: number,
    judge: (facts: readonly NodeFacts[]) => readonly string[],
  ): Promise<{ readonly facts: readonly NodeFacts[]; readonly troubles: readonly string[]; readonly seconds: number }> {
    const began = Date.now();
    let split = 0;
    for (;;) {
      const facts = await this.facts();
      const troubles = judge(facts);
      const passed = (Date.now() - began) / 1000;
      // Nobody but a person ends a split brain, so that there is nothing to wait for.
      split = hasSplit(facts) ? split + 1 : 0;
      if (troubles.length === 0 || passed >= seconds || split > 2) return { facts, troubles, seconds: passed };
      await sleep(1);
    }
  }
}

/** DRBD has given up the connection of some volume: both sides have what the other lacks. */
export function hasSplit(facts: readonly NodeFacts[]): boolean {
  return facts.some(({ volumes }) => Object.values(volumes).some(({ connection }) => connection === 'StandAlone'));
}
