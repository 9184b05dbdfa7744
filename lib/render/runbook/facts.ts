import type { HeartbeatClusterFacts, MountMemberFacts, ResourceGroupFacts } from '../../topology/cluster';
import type { DrbdResourceFacts } from '../../topology/drbd';
import { lookup } from '../../topology/lookup';
import type { HostFacts } from '../../topology/site';
import type { StandbyWord } from '../../topology/standby-request';
import type { Topology } from '../../topology/topology';

/** A pair of nodes, as a runbook speaks of it. */
export interface RunbookCluster {
  readonly topology: Topology;
  readonly cluster: HeartbeatClusterFacts;
  /** The node that is at home to more groups, then the other one. */
  readonly nodes: readonly [HostFacts, HostFacts];
  /** In the order of their devices. */
  readonly resources: readonly DrbdResourceFacts[];
}

/** The clusters of two nodes. */
export function clustersOf(topology: Topology): readonly RunbookCluster[] {
  const facts = lookup(topology);
  return topology.clusters.flatMap((cluster) => {
    const [first, second, third] = cluster.nodes.map(facts.host);
    if (!first || !second || third) return [];
    const home = (host: HostFacts): number => cluster.groups.filter((group) => group.preferred === host.id).length;
    const nodes = home(second) > home(first) ? ([second, first] as const) : ([first, second] as const);
    const minor = (resource: DrbdResourceFacts): number => resource.volumes[0]?.minor ?? 0;
    const resources = facts
      .drbdResourcesOf(first.id)
      .filter((one) => facts.drbdResourcesOf(second.id).includes(one))
      .sort((a, b) => minor(a) - minor(b));
    return [{ topology, cluster, nodes, resources }];
  });
}

export function mountsOf(group: ResourceGroupFacts): readonly MountMemberFacts[] {
  return group.members.flatMap((member) => (member.kind === 'mount' ? [member] : []));
}

/** The resources that a group promotes, in start order. */
export function promotedBy(topology: Topology, group: ResourceGroupFacts): readonly DrbdResourceFacts[] {
  return group.members.flatMap((member) =>
    member.kind === 'activation' ? [lookup(topology).drbdResource(member.resource)] : [],
  );
}

export function addressesOf(group: ResourceGroupFacts): readonly string[] {
  return group.members.flatMap((member) => (member.kind === 'address' ? [member.address] : []));
}

/** What hb_standby(1) calls all groups that a node may run: those at home there, those of the other, or both. */
export function standbyWord(cluster: HeartbeatClusterFacts, host: HostFacts): StandbyWord {
  const local = cluster.groups.some((group) => group.preferred === host.id);
  const foreign = cluster.groups.some((group) => group.preferred !== host.id);
  if (local && foreign) return 'all';
  return local ? 'local' : 'foreign';
}
