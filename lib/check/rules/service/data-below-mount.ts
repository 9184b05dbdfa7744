import { lookup } from '../../../topology/lookup';
import { groupMembers, groupsOf } from '../../groups';
import type { Rule } from '../../rule';

/** X9: initdb wants an empty directory. */
export const dataBelowMount: Rule = {
  id: 'service/data-below-mount',
  severity: 'warning',
  requirements: ['X9'],
  title: 'The data directory of PostgreSQL lies below its mount point, not on it.',
  rationale:
    'A fresh ext file system holds lost+found, so that initdb refuses it; and a mount point belongs to root, while the server wants the directory to be its own.',
  check: (topology) =>
    groupsOf(topology).flatMap(({ cluster, group }) => {
      const directories = new Set(groupMembers(cluster, group, 'mount').map(({ member }) => member.directory));
      return lookup(topology)
        .servicesOf(group)
        .flatMap((service) =>
          service.settings.kind === 'postgresql' && directories.has(service.settings.dataDirectory)
            ? [
                {
                  path: service.path,
                  problem: 'the data directory is the mount point itself',
                  value: service.settings.dataDirectory,
                  remedy: 'use a directory below it',
                  property: 'dataDirectory',
                },
              ]
            : [],
        );
    }),
};
