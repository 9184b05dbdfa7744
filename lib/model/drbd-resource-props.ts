import type { DrbdFencing, DrbdProtocol } from '../topology/drbd';
import type { ExtraOptions } from '../topology/units';
import type { DrbdResource } from './drbd-resource';
import type { Host } from './host';
import type { Network } from './network';
import type { DataRate } from './values/data-rate';
import type { DataSize } from './values/data-size';
import type { Duration } from './values/duration';
import type { SecretRef } from './values/secret-ref';

/** A backing device: the same on both hosts, or one by host name. */
export type BackingDisk = string | Readonly<Record<string, string>>;

/** One replicated block device of a resource with several. */
export interface DrbdVolumeProps {
  /** Minor number: the device is `/dev/drbd<minor>`. */
  readonly minor: number;
  /** Backing device, for instance `/dev/sdb1`. */
  readonly disk: BackingDisk;
  /**
   * Where DRBD keeps its metadata.
   * @default 'internal', at the end of the backing device
   */
  readonly metaDisk?: string;
  /**
   * Size of the backing device.
   * @default - unknown
   */
  readonly size?: DataSize;
}

/** What happens when a backing device fails; `panic` is unknown to DRBD 9. */
export type DrbdIoErrorPolicy = 'detach' | 'pass_on' | 'call-local-io-error' | 'panic';

/** What DRBD 0.7 does when it loses its peer. */
export type DrbdDisconnectPolicy = 'stand_alone' | 'drop_net' | 'freeze_io' | 'reconnect';

/** Properties of a `DrbdResource`. Every time and size becomes an option of drbd.conf(5) of the same name. */
export interface DrbdResourceProps extends Partial<DrbdVolumeProps> {
  /** Peers that keep a replica; node ids follow this order. @see drbd.conf(5), section `on` */
  readonly hosts: readonly [Host, Host];
  /** The replication link. Every host needs an interface in it. */
  readonly network: Network;
  /** TCP port, one for each resource of a host. */
  readonly port: number;
  /**
   * Several volumes under one role and connection; gives minor and disk of each instead of `minor` and `disk`.
   * @default - one volume
   */
  readonly volumes?: readonly DrbdVolumeProps[];
  /**
   * `A` acknowledges a write locally, `B` in the peer's memory, `C` on the peer's disk.
   * @default 'C'
   */
  readonly protocol?: DrbdProtocol;
  /**
   * How long a booting node waits for a peer that it was connected to (E11).
   * @default 120 seconds
   */
  readonly wfcTimeout?: Duration | 'infinite';
  /**
   * How long a node waits that was alone before.
   * @default 60 seconds
   */
  readonly degrWfcTimeout?: Duration | 'infinite';
  /**
   * How long a node waits whose copy is outdated; not written for DRBD 0.7.
   * @default 20 seconds
   */
  readonly outdatedWfcTimeout?: Duration | 'infinite';
  /**
   * What happens when the backing device fails.
   * @default 'detach': go on over the network without the local disk (E19)
   */
  readonly onIoError?: DrbdIoErrorPolicy;
  /**
   * Rate of a resynchronisation, fixed: `c-plan-ahead 0` is written beside it, unless `extraOptions.disk` has another.
   * @default - not written; DRBD's own controller decides
   */
  readonly resyncRate?: DataRate;
  /**
   * Resource that must be in step first (E10).
   * @default - the one before it on the same physical disk, by minor
   */
  readonly resyncAfter?: DrbdResource;
  /**
   * DRBD 0.7: resources of one group resynchronise together.
   * @default - a group of its own on each physical disk
   */
  readonly resyncGroup?: number;
  /**
   * Active set in extents of 4 MB: what a crashed primary resynchronises.
   * @default - not written; DRBD's own default applies
   */
  readonly alExtents?: number;
  /** @default 5 seconds */
  readonly timeout?: Duration;
  /** @default 10 seconds */
  readonly connectInt?: Duration;
  /** @default 6 seconds */
  readonly pingInt?: Duration;
  /**
   * Not written for DRBD 0.7, which has no such option.
   * @default 500 milliseconds
   */
  readonly pingTimeout?: Duration;
  /**
   * Timeouts in a row after which a peer that answers pings but takes no data is dropped.
   * @default 7
   */
  readonly koCount?: number;
  /** @default - not written; DRBD's own default applies */
  readonly maxBuffers?: number;
  /** @default - not written; DRBD's own default applies */
  readonly maxEpochSize?: number;
  /** @default - not written; DRBD's own default applies */
  readonly sndbufSize?: DataSize;
  /** DRBD 0.7: what happens when the connection is lost. @default - not written */
  readonly onDisconnect?: DrbdDisconnectPolicy;
  /**
   * What the peers prove to each other that they know. DRBD 0.7 has no such option.
   * @default - a secret named after the deployment
   */
  readonly sharedSecret?: SecretRef;
  /**
   * What a primary does about a peer that it lost.
   * @default 'resource-and-stonith': nothing is acknowledged until the peer's copy is marked as outdated, and cannot be
   * promoted, or the peer was reset; 'resource-only' with protocol A, for which DRBD has no such policy; not written for
   * DRBD 0.7
   */
  readonly fencing?: DrbdFencing;
  /**
   * Commands by event.
   * @default - `fence-peer` by the outdater that Heartbeat ships, when `fencing` is on
   */
  readonly handlers?: Readonly<Record<string, string>>;
  /** DRBD 0.7: the command of a primary that is degraded and inconsistent (X22). @default - not written */
  readonly inconDegrCmd?: string;
  /** Options outside this list, by section; the report lists them. @default - none */
  readonly extraOptions?: {
    readonly startup?: ExtraOptions;
    readonly disk?: ExtraOptions;
    readonly net?: ExtraOptions;
  };
}
