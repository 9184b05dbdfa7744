import { duplicates } from '../../collections';
import { membersOf } from '../../groups';
import type { Rule } from '../../rule';

/** One node may carry all groups, so a directory is a mount point once in a cluster. */
export const uniqueMountPoint: Rule = {
  id: 'cluster/unique-mount-point',
  severity: 'error',
  requirements: ['X18', 'X21'],
  title: 'A directory is a mount point once in a cluster.',
  rationale: 'The later mount hides the earlier one: a service then works on the data of another.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) =>
      duplicates(membersOf(cluster, 'mount'), ({ member }) => member.directory).flatMap(({ key, first, others }) =>
        others.map(({ member }) => ({
          path: member.path,
          problem: `a mount point that ${first.member.path} already uses`,
          value: key,
          remedy: 'give each file system a directory of its own',
        })),
      ),
    ),
};
