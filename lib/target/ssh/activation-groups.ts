import type { HeartbeatClusterFacts } from '../../topology/cluster';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';

/** A cluster of which one target has at least two nodes, in the order in which they take new files. */
export interface ActivationGroup {
  readonly cluster: HeartbeatClusterFacts;
  /** Standby first. */
  readonly hosts: readonly HostFacts[];
}

/**
 * The clusters whose nodes a target takes one after the other. A node whose peer belongs to another target is on its own:
 * the order is then that of the stacks.
 */
export function activationGroups(topology: Topology, hosts: readonly HostFacts[]): ActivationGroup[] {
  const byId = new Map(hosts.map((host) => [host.id, host]));
  return topology.clusters.flatMap((cluster) => {
    const nodes = cluster.nodes.flatMap((node) => byId.get(node) ?? []);
    return nodes.length < 2 ? [] : [{ cluster, hosts: standbyFirst(cluster, nodes) }];
  });
}

/** The node that is preferred by the fewest groups works the least, so it shows first whether the files are good. */
function standbyFirst(cluster: HeartbeatClusterFacts, nodes: readonly HostFacts[]): HostFacts[] {
  const groups = (host: EntityId): number => cluster.groups.filter((group) => group.preferred === host).length;
  return nodes
    .map((host, index) => ({ host, index, groups: groups(host.id) }))
    .sort((a, b) => a.groups - b.groups || b.index - a.index)
    .map(({ host }) => host);
}
