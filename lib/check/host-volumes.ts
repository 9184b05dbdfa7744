import type { BackingDiskFacts, DrbdResourceFacts, DrbdVolumeFacts } from '../topology/drbd';
import { lookup } from '../topology/lookup';
import type { HostFacts } from '../topology/site';
import type { Topology } from '../topology/topology';

/** A volume of DRBD as one host sees it. */
export interface HostVolume {
  readonly resource: DrbdResourceFacts;
  readonly volume: DrbdVolumeFacts;
  /** Absent for a volume that has no disk on this host. */
  readonly backing?: BackingDiskFacts;
}

/** The volumes of all resources of a host. */
export function volumesOfHost(topology: Topology, host: HostFacts): readonly HostVolume[] {
  return lookup(topology)
    .drbdResourcesOf(host.id)
    .flatMap((resource) =>
      resource.volumes.map((volume) => ({
        resource,
        volume,
        backing: volume.disks.find((disk) => disk.host === host.id),
      })),
    );
}
