import type { HostFacts } from '../../../lib/topology/site';
import type { Topology } from '../../../lib/topology/topology';
import type { LabDisk, LabPart } from './plan';
import { LabError } from './plan';

const SECTORS_OF_A_MEBIBYTE = 2048;

/** User-Mode Linux takes 16 block devices: one is the root, one the archive of the first boot. */
const MOST = 14;

/** Disks that DRBD resources and shared volumes use on a host, with the partitions that the topology names. */
export function disksOf(topology: Topology, host: HostFacts, partitionSize: number): readonly LabDisk[] {
  const used = new Map<string, Set<string>>();
  const use = (path: string, physical: string): void => {
    used.set(physical, (used.get(physical) ?? new Set()).add(path));
  };
  for (const resource of topology.drbdResources) {
    for (const { host: at, disk, physicalDisk, metaDisk } of resource.volumes.flatMap((volume) => volume.disks)) {
      if (at !== host.id) continue;
      use(disk, physicalDisk);
      const external = /^\/dev\/[^\s[]+/.exec(metaDisk)?.[0];
      if (external !== undefined) use(external, external.replace(/\d+$/, ''));
    }
  }
  const disks = [...used].sort(([a], [b]) => (a < b ? -1 : 1));
  if (disks.length > MOST) throw new LabError(`host '${host.id}' has ${disks.length} disks; a lab node takes ${MOST}`);
  return disks.map(([path, paths], index) => {
    const parts = partsOf([...paths], partitionSize * SECTORS_OF_A_MEBIBYTE);
    const last = parts[parts.length - 1];
    return {
      path,
      device: `/dev/ubd${String.fromCharCode(98 + index)}`,
      file: `${path.replaceAll('/', '_').replace(/^_dev_/, '')}.disk`,
      sectors: (last ? last.start + last.sectors : 0) + SECTORS_OF_A_MEBIBYTE,
      parts,
    };
  });
}

/** Partitions lie one behind the other, by number. */
function partsOf(paths: readonly string[], sectors: number): readonly LabPart[] {
  const number = (path: string): number => Number(/(\d*)$/.exec(path)?.[1] ?? 0);
  const sorted = [...paths].sort((a, b) => number(a) - number(b) || (a < b ? -1 : 1));
  return sorted.map((path, index) => ({ path, start: SECTORS_OF_A_MEBIBYTE + index * sectors, sectors }));
}
