import type { BytesPerSecond, Bytes, EntityFacts, EntityId, ExtraOptions, Milliseconds } from './units';

/** Generations of DRBD whose configuration differs. */
export type DrbdVersion = '0.7' | '8.4' | '9';

/** `A` acknowledges a write locally, `B` in the peer's memory, `C` on the peer's disk. */
export type DrbdProtocol = 'A' | 'B' | 'C';

/** The block device below a volume on one host. */
export interface BackingDiskFacts {
  readonly host: EntityId;
  /** For instance `/dev/sdb1`. */
  readonly disk: string;
  /** The physical disk the backing device lies on, for instance `/dev/sdb` (E10). */
  readonly physicalDisk: string;
  /** `internal`, or a device with an index, for instance `/dev/sdc1[0]`. */
  readonly metaDisk: string;
}

/** One replicated block device of a resource. */
export interface DrbdVolumeFacts {
  /** Number inside the resource; 0 for the only volume of a resource. */
  readonly number: number;
  readonly minor: number;
  /** For instance `/dev/drbd0`. */
  readonly device: string;
  /** In the order of the resource's peers. */
  readonly disks: readonly BackingDiskFacts[];
  readonly size?: Bytes;
}

/** One node of a resource. */
export interface DrbdPeerFacts {
  readonly host: EntityId;
  /** Node id of DRBD 9. */
  readonly nodeId: number;
  readonly address: string;
  readonly port: number;
}

/** Section `startup` of drbd.conf(5). Zero waits for ever in the file; here it is `infinite`. */
export interface DrbdStartupFacts {
  readonly wfcTimeout?: Milliseconds | 'infinite';
  readonly degrWfcTimeout?: Milliseconds | 'infinite';
  readonly outdatedWfcTimeout?: Milliseconds | 'infinite';
  readonly extraOptions: ExtraOptions;
}

/** Section `disk` of drbd.conf(5), with what older generations keep in `syncer`. */
export interface DrbdDiskFacts {
  readonly onIoError?: string;
  /** Upper bound of resynchronisation traffic: `syncer { rate }` or `resync-rate`. */
  readonly resyncRate?: BytesPerSecond;
  /** Resource that must be in step before this one starts (`after`, `resync-after`). */
  readonly resyncAfter?: EntityId;
  /** DRBD 0.7: resources of one group resynchronise at the same time, groups follow each other in rising order. */
  readonly resyncGroup?: number;
  /** Size of the active set in extents of 4 MB. */
  readonly alExtents?: number;
  readonly extraOptions: ExtraOptions;
}

/** What DRBD does with a peer that it lost: section `disk` in 8.4, `net` in 9. */
export type DrbdFencing = 'dont-care' | 'resource-only' | 'resource-and-stonith';

/** Section `net` of drbd.conf(5). */
export interface DrbdNetFacts {
  readonly timeout?: Milliseconds;
  readonly connectInt?: Milliseconds;
  readonly pingInt?: Milliseconds;
  readonly pingTimeout?: Milliseconds;
  readonly koCount?: number;
  readonly maxBuffers?: number;
  readonly maxEpochSize?: number;
  readonly sndbufSize?: Bytes;
  readonly onDisconnect?: string;
  /** Digest that authenticates the peers to each other, for instance `sha1`; needs `sharedSecret`. */
  readonly cramHmacAlg?: string;
  /** Name of the secret that the peers share. */
  readonly sharedSecret?: string;
  readonly extraOptions: ExtraOptions;
}

/** A handler of drbd.conf(5): a command that DRBD runs when something happened. */
export interface DrbdHandlerFacts {
  /** For instance `fence-peer`, `pri-on-incon-degr`, `split-brain`. */
  readonly event: string;
  readonly command: string;
}

/** A replicated resource: one connection, one role, one or several volumes. */
export interface DrbdResourceFacts extends EntityFacts {
  readonly name: string;
  readonly version: DrbdVersion;
  readonly protocol?: DrbdProtocol;
  /** The network of the replication link, when it is known. */
  readonly network?: EntityId;
  /** Sorted by number. */
  readonly volumes: readonly DrbdVolumeFacts[];
  /** Sorted by node id. */
  readonly peers: readonly DrbdPeerFacts[];
  /** DRBD 0.7: the command for a degraded, inconsistent primary; later generations have a handler for it. */
  readonly inconDegrCmd?: string;
  readonly startup: DrbdStartupFacts;
  readonly disk: DrbdDiskFacts;
  readonly net: DrbdNetFacts;
  readonly fencing?: DrbdFencing;
  /** Sorted by event. */
  readonly handlers: readonly DrbdHandlerFacts[];
}

/** Storage that both hosts reach without replication: the hardware solution (X3). */
export interface SharedVolumeFacts extends EntityFacts {
  readonly name: string;
  readonly kind: 'san' | 'nfs' | 'docker';
  /** SAN: a stable device name (`/dev/disk/by-id/...`); NFS: `server:/export`; Docker: the name of the volume. */
  readonly source: string;
  readonly hosts: readonly EntityId[];
  readonly failureDomains: readonly EntityId[];
}
