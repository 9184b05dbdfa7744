import { duplicates } from '../../collections';
import { membersOf } from '../../groups';
import type { Rule } from '../../rule';

/** E17: a device is mounted once. */
export const uniqueMountSource: Rule = {
  id: 'cluster/unique-mount-source',
  severity: 'error',
  requirements: ['E17', 'X4'],
  title: 'A device is mounted once in a cluster.',
  rationale: 'Two groups that mount one device can run on different nodes; two writers destroy the file system.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) =>
      duplicates(membersOf(cluster, 'mount'), ({ member }) => member.device).flatMap(({ key, first, others }) =>
        others.map(({ member }) => ({
          path: member.path,
          problem: `a device that ${first.member.path} already mounts`,
          value: key,
          remedy: 'mount it once and keep all that uses it in one group',
        })),
      ),
    ),
};
