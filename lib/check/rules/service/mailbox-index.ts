import { lookup } from '../../../topology/lookup';
import { groupsOf, mountTable } from '../../groups';
import type { Rule } from '../../rule';

/** File systems that can keep data in their journal, so that writes reach the disk in the order in which they were made. */
const KEEP_ORDER = new Set(['ext3', 'ext4', 'reiserfs']);

/** X2, X14: a power cut between the two writes to an index of Cyrus. */
export const mailboxIndex: Rule = {
  id: 'service/mailbox-index',
  severity: 'warning',
  requirements: ['X2', 'X14'],
  title: "The file system of Cyrus' messages is mounted with data=journal.",
  rationale:
    'Cyrus adds a record to the index of a mailbox and then overwrites its head. By default a file system may keep the head and lose the record at a power cut: the mailbox is refused, mail for it waits, and making its index anew costs all flags. One of a few dozen power cuts of the lab did that. A program that writes the same way found 5 of its 48 files like this after one of two cuts, and none of 240 after five cuts with data=journal.',
  check: (topology) =>
    groupsOf(topology).flatMap(({ cluster, group }) => {
      const mounts = mountTable(cluster, group);
      return lookup(topology)
        .servicesOf(group)
        .flatMap(({ path, name, settings }) => {
          if (settings.kind !== 'cyrus-imap') return [];
          const mount = mounts.covering(settings.mailPartition)?.member;
          if (mount === undefined || /^nfs/.test(mount.fileSystem)) return [];
          const keepsOrder = KEEP_ORDER.has(mount.fileSystem);
          if (keepsOrder && mount.options?.split(',').includes('data=journal')) return [];
          return [
            {
              path,
              problem: `a power cut can leave mailboxes of service ${name} that it refuses: file system of the messages without data in its journal`,
              value: `${mount.directory}, ${mount.fileSystem}${mount.options === undefined ? '' : `, ${mount.options}`}`,
              remedy: keepsOrder ? 'mount it with the option data=journal' : 'use ext4 with the option data=journal',
              property: 'mailPartition',
            },
          ];
        });
    }),
};
