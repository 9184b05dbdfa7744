import { groupsOf } from '../../groups';
import type { Rule } from '../../rule';

/** X28: the first word of a haresources line is a node. */
export const preferredNode: Rule = {
  id: 'cluster/preferred-node',
  severity: 'error',
  requirements: ['X28'],
  title: 'The preferred node of a group is a node of its cluster.',
  rationale: 'Heartbeat starts a group only where the first word of its line is a node that it knows.',
  check: (topology) =>
    groupsOf(topology)
      .filter(({ cluster, group }) => !cluster.nodes.includes(group.preferred))
      .map(({ cluster, group }) => ({
        path: group.path,
        problem: 'the preferred node is not a node of the cluster',
        value: group.preferred,
        remedy: `choose one of ${cluster.nodes.join(', ')}`,
        property: 'preferred',
      })),
};
