import type { Rule } from '../../rule';

/** X1: under cold standby one node works. */
export const coldStandby: Rule = {
  id: 'cluster/cold-standby',
  severity: 'warning',
  requirements: ['X1', 'E20'],
  title: 'The groups of a cold standby cluster prefer the same node.',
  rationale:
    'When both nodes work, it is hot standby whatever it is called, and nobody has shown that one node carries everything.',
  check: (topology) =>
    topology.origin === 'files'
      ? []
      : topology.clusters
          .filter(
            (cluster) => cluster.standby === 'cold' && new Set(cluster.groups.map((group) => group.preferred)).size > 1,
          )
          .map((cluster) => ({
            path: cluster.path,
            problem: 'cold standby and groups that prefer different nodes',
            value: cluster.groups.map((group) => `${group.name} on ${group.preferred}`).join(', '),
            remedy: "let all groups prefer one node or set standby to 'hot'",
            property: 'standby',
          })),
};
