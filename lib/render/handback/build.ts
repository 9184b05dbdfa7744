import type { HeartbeatClusterFacts } from '../../topology/cluster';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { ConstructPath } from '../../topology/units';
import { runningGroups, type RunningGroup } from '../stonith/build';

/** What gives groups away that a node claims and cannot run (X2). */
export interface Handback {
  readonly source: ConstructPath;
  readonly nodes: readonly string[];
  /** The same on both nodes (X16). */
  readonly groups: readonly RunningGroup[];
}

/** The handback of a cluster; undefined where no group has a DRBD resource whose promotion could be refused. */
export function build(topology: Topology, cluster: HeartbeatClusterFacts): Handback | undefined {
  const facts = lookup(topology);
  const groups = runningGroups(topology, cluster).filter(({ resources }) => resources.length > 0);
  if (groups.length === 0) return undefined;
  return { source: cluster.path, nodes: cluster.nodes.map((node) => facts.host(node).name), groups };
}
