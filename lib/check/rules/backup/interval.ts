import type { BackupFacts } from '../../../topology/backup';
import { lookup } from '../../../topology/lookup';
import type { Topology } from '../../../topology/topology';
import { groupBy } from '../../collections';
import type { Rule } from '../../rule';
import { time } from '../../wording';

/** E18: one recovery point for what belongs together. */
export const backupInterval: Rule = {
  id: 'backup/interval',
  severity: 'warning',
  requirements: ['E18', 'X11', 'X12'],
  title: 'The dumps of one group are taken at one interval.',
  rationale:
    'After a restore users of the directory and their data come from different times: accounts exist whose appointments do not, or the reverse. One interval is one promise of what is lost at most.',
  check: (topology) =>
    [...groupBy(topology.backups, (backup) => groupPath(topology, backup)).values()].flatMap((backups) => {
      const [first, ...others] = backups;
      return others
        .filter((backup) => backup.interval !== first?.interval)
        .map((backup) => ({
          path: backup.path,
          problem: `the interval differs from that of backup ${first?.name}, which belongs to the same group`,
          value: `${time(backup.interval)}, ${time(first?.interval ?? 0)}`,
          remedy: 'use one interval',
          property: 'interval',
        }));
    }),
};

function groupPath(topology: Topology, backup: BackupFacts): string {
  return lookup(topology).groupOf(backup.service)?.group.id ?? backup.service;
}
