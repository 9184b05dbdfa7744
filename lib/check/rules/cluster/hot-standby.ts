import type { HeartbeatClusterFacts } from '../../../topology/cluster';
import { pairOfCluster } from '../../../topology/mail-cluster';
import type { Topology } from '../../../topology/topology';
import { membersOf } from '../../groups';
import type { Rule, RuleFinding } from '../../rule';

/** E20: hot standby needs two groups, on different nodes, with an address each. */
export const hotStandby: Rule = {
  id: 'cluster/hot-standby',
  severity: 'error',
  requirements: ['X6', 'E20'],
  title: 'Hot standby has at least two groups that prefer different nodes, each with a virtual address.',
  rationale:
    'With one group, or with all groups on one node, the second node idles: it is cold standby that is sized and priced as something else. Two groups need two virtual addresses, four addresses in all.',
  check: (topology) =>
    topology.clusters.filter((cluster) => cluster.standby === 'hot').flatMap((cluster) => faults(topology, cluster)),
};

function faults(topology: Topology, cluster: HeartbeatClusterFacts): readonly RuleFinding[] {
  if (cluster.groups.length < 2)
    return [
      {
        path: cluster.path,
        problem: 'hot standby with fewer than two groups',
        value: `${cluster.groups.length}`,
        remedy: "split the services into two groups or set standby to 'cold'",
        property: 'groups',
      },
    ];
  const findings: RuleFinding[] = [];
  if (new Set(cluster.groups.map((group) => group.preferred)).size < 2)
    findings.push({
      path: cluster.path,
      problem: 'hot standby and all groups prefer one node',
      value: cluster.groups[0]?.preferred,
      remedy: 'let the groups prefer different nodes',
      property: 'groups',
    });
  const virtual = new Set(membersOf(cluster, 'address').map(({ member }) => member.address)).size;
  if (virtual < 2 && !pairOfCluster(topology, cluster))
    findings.push({
      path: cluster.path,
      problem: 'hot standby with fewer than four addresses',
      value: `${cluster.nodes.length} nodes, ${virtual} virtual`,
      remedy: 'give each group a virtual address',
      property: 'groups',
    });
  return findings;
}
