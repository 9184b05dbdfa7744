import { membersOf } from '../../groups';
import type { Rule } from '../../rule';

const withoutJournal = new Set(['ext2', 'minix', 'vfat', 'msdos']);

/** X2: a file system that survives the crash of the node that wrote it. */
export const journaledFileSystem: Rule = {
  id: 'cluster/journaled-file-system',
  severity: 'warning',
  requirements: ['X2'],
  title: 'File systems that move between nodes keep a journal.',
  rationale:
    'After a crash the other node mounts what the first left half written; without a journal that means a long check, lost files, or a mount that fails.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) =>
      membersOf(cluster, 'mount')
        .filter(({ member }) => withoutJournal.has(member.fileSystem))
        .map(({ member }) => ({
          path: member.path,
          problem: 'a file system without a journal',
          value: member.fileSystem,
          remedy: 'use ext4 or xfs',
          property: 'fileSystem',
        })),
    ),
};
