import type { HeartbeatClusterFacts } from '../../topology/cluster';
import { lookup } from '../../topology/lookup';
import { pairOfCluster } from '../../topology/mail-cluster';
import type { Topology } from '../../topology/topology';
import type { ConstructPath } from '../../topology/units';
import { runningGroups, type RunningGroup } from '../stonith/build';

/** What gives groups away that a node claims and cannot run (X2), and the queue of a mail server back to it (S4). */
export interface Handback {
  readonly source: ConstructPath;
  readonly nodes: readonly string[];
  /** The same on both nodes (X16). */
  readonly groups: readonly RunningGroup[];
  /** Groups that a node took because the other one was lost go home when it is back. */
  readonly goHome: boolean;
}

/**
 * The handback of a cluster; undefined where no group has a DRBD resource whose promotion could be refused. Clients of other
 * groups would notice a second interruption (X27); nobody waits for a queue, and its server takes no mail until it has it back.
 */
export function build(topology: Topology, cluster: HeartbeatClusterFacts): Handback | undefined {
  const facts = lookup(topology);
  const goHome = pairOfCluster(topology, cluster) !== undefined;
  const groups = runningGroups(topology, cluster).filter(({ resources }) => goHome || resources.length > 0);
  if (groups.length === 0) return undefined;
  return { source: cluster.path, nodes: cluster.nodes.map((node) => facts.host(node).name), groups, goHome };
}
