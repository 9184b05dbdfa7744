import type { DrbdResourceFacts } from '../topology/drbd';
import { by } from '../topology/order';

/**
 * Resources that share a physical disk resynchronise one after the other (E10): where the user stated no order, each
 * follows the one with the next lower minor on that disk. DRBD 0.7 does it with groups.
 */
export function withResyncOrder(resources: readonly DrbdResourceFacts[]): readonly DrbdResourceFacts[] {
  const byMinor = [...resources].sort((a, b) => minorOf(a) - minorOf(b) || by<DrbdResourceFacts>((r) => r.id)(a, b));
  const lastOnDisk = new Map<string, { readonly id: string; readonly group: number }>();
  const ordered = new Map<string, DrbdResourceFacts>();
  for (const resource of byMinor) {
    const disks = resource.volumes.flatMap((volume) => volume.disks.map((disk) => `${disk.host} ${disk.physicalDisk}`));
    const before = disks.map((disk) => lastOnDisk.get(disk)).filter((entry) => entry !== undefined);
    const last = before.reduce<(typeof before)[number] | undefined>(
      (latest, entry) => (latest === undefined || entry.group > latest.group ? entry : latest),
      undefined,
    );
    const group = (last?.group ?? 0) + 1;
    for (const disk of disks) lastOnDisk.set(disk, { id: resource.id, group });
    const stated = resource.disk.resyncAfter !== undefined || resource.disk.resyncGroup !== undefined;
    const order = resource.version === '0.7' ? { resyncGroup: group } : { resyncAfter: last?.id };
    ordered.set(resource.id, stated ? resource : { ...resource, disk: { ...resource.disk, ...order } });
  }
  return resources.map((resource) => ordered.get(resource.id) ?? resource);
}

function minorOf(resource: DrbdResourceFacts): number {
  return Math.min(...resource.volumes.map((volume) => volume.minor));
}
