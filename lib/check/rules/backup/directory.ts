import { groupsOf, mountTable } from '../../groups';
import type { Rule } from '../../rule';

/** X11: a dump lies where the node keeps it when the storage is gone. */
export const backupDirectory: Rule = {
  id: 'backup/directory',
  severity: 'error',
  requirements: ['X11', 'X12', 'R27'],
  title: 'Dumps do not lie on storage that a group mounts.',
  rationale:
    'A dump on the volume that it is the backup of is lost with it, and the standby, which does not mount the volume, cannot keep a copy.',
  check: (topology) => {
    const mounts = groupsOf(topology).map(({ cluster, group }) => ({
      nodes: new Set(cluster.nodes),
      table: mountTable(cluster, group),
    }));
    const tables = new Map<string, (typeof mounts)[number][]>();
    for (const mount of mounts) for (const node of mount.nodes) tables.set(node, [...(tables.get(node) ?? []), mount]);
    return topology.backups.flatMap((backup) => {
      const covering = [...new Set(backup.hosts.flatMap((host) => tables.get(host) ?? []))]
        .map(({ table }) => table.covering(backup.directory))
        .find((mount) => mount !== undefined);
      return covering === undefined
        ? []
        : [
            {
              path: backup.path,
              problem: `the dumps lie on the mount of ${covering.member.directory}`,
              value: backup.directory,
              remedy: 'use a directory on a local disk of each node',
              property: 'directory',
            },
          ];
    });
  },
};
