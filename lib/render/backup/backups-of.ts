import type { BackupFacts } from '../../topology/backup';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';

const indexes = new WeakMap<Topology, ReadonlyMap<EntityId, readonly BackupFacts[]>>();

/** The backups that a host keeps, in the topology's order. */
export function backupsOf(topology: Topology, host: EntityId): readonly BackupFacts[] {
  let index = indexes.get(topology);
  if (!index) {
    index = indexByHost(topology);
    indexes.set(topology, index);
  }
  return index.get(host) ?? [];
}

function indexByHost(topology: Topology): ReadonlyMap<EntityId, readonly BackupFacts[]> {
  const index = new Map<EntityId, BackupFacts[]>();
  for (const backup of topology.backups)
    for (const host of backup.hosts) {
      const list = index.get(host);
      if (list) list.push(backup);
      else index.set(host, [backup]);
    }
  return index;
}
