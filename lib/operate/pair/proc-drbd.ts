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

/** Reads /proc/drbd: volumes by their minor number. A minor without a connection state is not configured. */
export function parseProcDrbd(text: string): ReadonlyMap<number, VolumeLook> {
  const volumes = new Map<number, VolumeLook>();
  let minor: number | undefined;
  for (const line of text.split('\n')) {
    const head = /^ *(\d+): cs:(\S+)(?: ro:([^/\s]+)\/(\S+) ds:([^/\s]+)\/(\S+))?/.exec(line);
    if (head) {
      minor = Number(head[1]);
      if (head[3] === undefined) continue;
      volumes.set(minor, {
        connection: head[2] ?? '',
        role: head[3],
        peerRole: head[4] ?? 'Unknown',
        disk: head[5] ?? '',
        peerDisk: head[6] ?? '',
        outOfSync: 0,
      });
      continue;
    }
    const volume = minor === undefined ? undefined : volumes.get(minor);
    if (minor === undefined || !volume) continue;
    const outOfSync = /\boos:(\d+)/.exec(line);
    if (outOfSync) volumes.set(minor, { ...volume, outOfSync: Number(outOfSync[1]) });
    const synced = /sync'ed: *([\d.]+)%/.exec(line);
    if (synced) volumes.set(minor, { ...volume, synced: Number(synced[1]) });
  }
  return volumes;
}
