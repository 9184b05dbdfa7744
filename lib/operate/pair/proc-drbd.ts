import { parseProcDrbd as parseVolumes } from '../status/parse/drbd-8';

/** One volume as /proc/drbd of DRBD 8.4 shows it. */
export interface VolumeLook {
  /** `Connected`, `WFConnection`, `StandAlone`, `SyncTarget`, ... */
  readonly connection: string;
  readonly role: string;
  readonly peerRole: string;
  /** `UpToDate`, `Outdated`, `Inconsistent`, `Consistent`, `Diskless`, ... */
  readonly disk: string;
  readonly peerDisk: string;
  /** Data that differs from the peer as far as this node knows, in KiB. */
  readonly outOfSync: number;
  /** How far a resync is, in percent. */
  readonly synced?: number;
}

/** Reads /proc/drbd of a pair, in which a volume has one peer: volumes by their minor number. */
export function parseProcDrbd(text: string): ReadonlyMap<number, VolumeLook> {
  const volumes = new Map<number, VolumeLook>();
  for (const [minor, { role, disk, peers }] of parseVolumes(text).volumes)
    for (const { connection, role: peerRole, disk: peerDisk, outOfSync, resync } of peers)
      volumes.set(minor, { connection, role, peerRole, disk, peerDisk, outOfSync, synced: resync?.done });
  return volumes;
}
