import type { Rule } from '../../rule';

/** X1: haresources knows two nodes. */
export const twoNodes: Rule = {
  id: 'cluster/two-nodes',
  severity: 'error',
  requirements: ['X1'],
  title: 'A Heartbeat cluster has exactly two different nodes.',
  rationale: 'Heartbeat in haresources mode moves resources between two nodes only.',
  check: (topology) =>
    topology.clusters
      .filter((cluster) => cluster.nodes.length !== 2 || cluster.nodes[0] === cluster.nodes[1])
      .map((cluster) => ({
        path: cluster.path,
        problem: 'a Heartbeat cluster needs exactly two different nodes',
        value: cluster.nodes.join(', ') || 'none',
        remedy: 'name two nodes',
        property: 'nodes',
      })),
};
