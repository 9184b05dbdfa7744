import { lookup } from '../../../topology/lookup';
import { groupsOf, mountTable } from '../../groups';
import type { Rule } from '../../rule';

const stores = new Set(['openldap', 'postgresql', 'cyrus-imap']);

/** X10: memory-mapped stores and NFS do not go together. */
export const storeOnNfs: Rule = {
  id: 'service/store-on-nfs',
  severity: 'warning',
  requirements: ['X3', 'X10'],
  title: 'Directory, database and mail store do not lie on NFS.',
  rationale:
    'LMDB and Cyrus map their files into memory and rely on locks that NFS does not keep; a takeover while the old node still writes corrupts them without an error.',
  check: (topology) =>
    groupsOf(topology).flatMap(({ cluster, group }) => {
      const mounts = mountTable(cluster, group);
      return lookup(topology)
        .servicesOf(group)
        .filter((service) => stores.has(service.settings.kind))
        .flatMap((service) =>
          service.state
            .filter((state) => /^nfs/.test(mounts.covering(state.directory)?.member.fileSystem ?? ''))
            .map((state) => ({
              path: service.path,
              problem: `state of service ${service.name} lies on NFS: ${state.holds}`,
              value: state.directory,
              remedy: 'use DRBD or a SAN volume',
              property: 'state',
            })),
        );
    }),
};
