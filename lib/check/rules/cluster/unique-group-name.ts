import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** Group names are used in scripts and reports. */
export const uniqueGroupName: Rule = {
  id: 'cluster/unique-group-name',
  severity: 'error',
  requirements: ['X28'],
  title: 'A group name is used once in a cluster.',
  rationale: 'The watch of a group is started by name; with two of one name one group is not watched.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) =>
      duplicates(cluster.groups, (group) => group.name).flatMap(({ key, first, others }) =>
        others.map((group) => ({
          path: group.path,
          problem: `a group name that ${first.path} already has`,
          value: key,
          remedy: 'choose another name',
          property: 'name',
        })),
      ),
    ),
};
