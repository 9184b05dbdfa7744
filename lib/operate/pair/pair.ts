import type { HeartbeatClusterFacts, ResourceGroupFacts } from '../../topology/cluster';
import type { DrbdResourceFacts } from '../../topology/drbd';
import { lookup } from '../../topology/lookup';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { RefusedError } from './operation';

/** A cluster of two nodes and one of them, of which something is wanted. */
export interface Pair {
  readonly topology: Topology;
  readonly cluster: HeartbeatClusterFacts;
  /** The node that was named. */
  readonly node: HostFacts;
  readonly peer: HostFacts;
}

/**
 * The cluster of a node.
 * @throws RefusedError for a node that is in no cluster of two, or whose DRBD cannot be read
 */
export function pairOf(topology: Topology, name: string): Pair {
  const facts = lookup(topology);
  const nodes = topology.clusters.flatMap((cluster) => cluster.nodes.map((id) => ({ cluster, host: facts.host(id) })));
  const found = nodes.find(({ host }) => host.name === name);
  if (!found)
    throw new RefusedError(`${topology.name} has no cluster with a node '${name}'`, [
      `name one of: ${nodes.map(({ host }) => host.name).join(', ') || 'there is none'}`,
    ]);
  const peers = found.cluster.nodes.filter((id) => id !== found.host.id);
  const [peer, third] = peers;
  if (peer === undefined || third !== undefined)
    throw new RefusedError(`cluster ${found.cluster.name} can not be worked on`, [
      `it has ${found.cluster.nodes.length} nodes, and heartbeat with haresources knows two`,
    ]);
  if (topology.drbdResources.length > 0 && topology.drbdVersion !== '8.4')
    throw new RefusedError(`${topology.name} can not be worked on`, [
      `its DRBD is ${topology.drbdVersion}, and only /proc/drbd of 8.4 is read; use the commands of RUNBOOK.md`,
    ]);
  return { topology, cluster: found.cluster, node: found.host, peer: facts.host(peer) };
}

/**
 * A group by its name.
 * @throws RefusedError when the cluster has none of that name
 */
export function groupNamed(cluster: HeartbeatClusterFacts, name: string): ResourceGroupFacts {
  const group = cluster.groups.find((one) => one.name === name);
  if (group) return group;
  throw new RefusedError(`cluster ${cluster.name} has no group '${name}'`, [
    `name one of: ${cluster.groups.map((one) => one.name).join(', ')}`,
  ]);
}

/** The DRBD resources that a group promotes, in start order. */
export function resourcesOf(topology: Topology, group: ResourceGroupFacts): readonly DrbdResourceFacts[] {
  const ids = group.members.flatMap((member) => (member.kind === 'activation' ? [member.resource] : []));
  return [...new Set(ids)].map(lookup(topology).drbdResource);
}

/**
 * What hb_standby(1) calls a group on a node: haresources knows groups only as those at home there and the others, so
 * all groups at home on one node move together.
 */
export function heartbeatWord(group: ResourceGroupFacts, on: HostFacts): 'local' | 'foreign' {
  return group.preferred === on.id ? 'local' : 'foreign';
}
