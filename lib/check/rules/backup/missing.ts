import type { Rule } from '../../rule';

const dumped = { openldap: 'ldif', postgresql: 'sql' } as const;

/** R27: replication is not a backup. */
export const backupMissing: Rule = {
  id: 'backup/missing',
  severity: 'warning',
  requirements: ['X10', 'X11', 'X12', 'R27'],
  title: 'Directory and database have a regular dump.',
  rationale:
    'DRBD replicates a deleted subtree and a corrupted page as faithfully as everything else. Binary stores can be damaged by a crash; only a dump in text brings them back.',
  check: (topology) => {
    if (topology.origin === 'files') return [];
    const saved = new Set(topology.backups.map((backup) => backup.service));
    return topology.services
      .filter((service) => service.settings.kind in dumped && !saved.has(service.id))
      .map((service) => ({
        path: service.path,
        problem: 'a store without a backup',
        value: service.name,
        remedy: `add a backup of kind '${dumped[service.settings.kind as keyof typeof dumped]}'`,
        property: 'backup',
      }));
  },
};
