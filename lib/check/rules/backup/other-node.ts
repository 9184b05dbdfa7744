import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** X11: the other node has a copy of each dump. */
export const backupOtherNode: Rule = {
  id: 'backup/other-node',
  severity: 'warning',
  requirements: ['X11', 'X12'],
  title: 'Each dump is kept on all nodes of the cluster that runs the service.',
  rationale:
    'A dump that only the failed node has is of no use after the failure; and the dump is made on the node that runs the service, which may be either.',
  check: (topology) =>
    topology.backups.flatMap((backup) => {
      const nodes = lookup(topology).groupOf(backup.service)?.cluster.nodes ?? [];
      const hosts = new Set(backup.hosts);
      const absent = nodes.filter((node) => !hosts.has(node));
      return absent.length === 0
        ? []
        : [
            {
              path: backup.path,
              problem: 'a node keeps no copy of the dumps',
              value: absent.join(', '),
              remedy: 'add the node to the hosts of the backup',
              property: 'hosts',
            },
          ];
    }),
};
