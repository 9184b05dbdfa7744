import type { EntityId } from '../../topology/units';
import type { ProxyServer } from '../balancer/state';
import type { VirtualServer } from '../balancer/virtual-servers';
import type { MailState } from '../mail/status/state';
import type { FileDrift } from './drift/file-drift';

/** A resynchronisation that runs. */
export interface ResyncState {
  /** Percent that is done. */
  readonly done?: number;
  /** Seconds that DRBD thinks it will take. */
  readonly finish?: number;
  /** Kibibytes per second. */
  readonly speed?: number;
}

/** What a node knows of one peer's copy of a volume. */
export interface PeerCopyState {
  /** Node name of the peer; absent where DRBD does not name it. */
  readonly peer?: string;
  /** For instance `Connected`, `StandAlone`, `WFConnection`, `SyncSource`. */
  readonly connection: string;
  readonly role: string;
  readonly disk: string;
  /** Kibibytes that differ. */
  readonly outOfSync: number;
  readonly resync?: ResyncState;
}

/** A DRBD volume as one node sees it. */
export interface VolumeState {
  readonly minor: number;
  readonly role: string;
  /** For instance `UpToDate`, `Inconsistent`, `Outdated`, `Diskless`. */
  readonly disk: string;
  /** Nothing is written or acknowledged: the peer is lost, and neither outdated nor reset yet. Absent: it is not so. */
  readonly suspended?: true;
  readonly peers: readonly PeerCopyState[];
}

/** A mounted file system. */
export interface MountState {
  readonly device: string;
  readonly directory: string;
}

/** Room on a file system, in bytes. */
export interface SpaceState {
  readonly directory: string;
  readonly size: number;
  readonly available: number;
}

/** Heartbeat as one node sees it. */
export interface HeartbeatState {
  /** What systemd says of its unit: `active`; `activating` while its guard waits for the other node. */
  readonly unit: string;
  /** `none`, `local`, `foreign`, `all` or `transition`: what it claims to run, which may be wrong. */
  readonly resources?: string;
  /** Node name to `active`, `up`, `dead`, ... */
  readonly nodes: Readonly<Record<string, string>>;
  /** Interface or serial port to `up` or `dead`, as seen towards the other node. */
  readonly links: Readonly<Record<string, string>>;
}

/** The clock of a node beside that of this machine, in seconds. */
export interface ClockState {
  /** What the node's clock is ahead. */
  readonly offset: number;
  /** Half the time of the question: the offset is not known better. */
  readonly uncertainty: number;
  /** What chrony says; absent where it does not answer. */
  readonly chrony?: { readonly synchronised: boolean; readonly offset: number };
}

/** The dumps of one backup on one node. */
export interface BackupState {
  readonly name: string;
  /** Age of the last dump in seconds; absent where there is none. */
  readonly age?: number;
}

/** What was seen on a node. */
export interface NodeState {
  /** What it calls itself, as `uname -n` prints it. */
  readonly hostname?: string;
  /** Seconds since it booted. */
  readonly uptime: number;
  readonly clock: ClockState;
  /** Version of the DRBD module; absent where it is not loaded. */
  readonly drbdVersion?: string;
  /** Key of a volume, as `volumeKey` makes it, to its state. */
  readonly volumes: Readonly<Record<string, VolumeState>>;
  readonly heartbeat: HeartbeatState;
  readonly mounts: readonly MountState[];
  readonly addresses: readonly string[];
  /** Unit to `active`, `inactive`, `failed`, ... */
  readonly units: Readonly<Record<string, string>>;
  readonly backups: readonly BackupState[];
  readonly space: readonly SpaceState[];
  /** Absent where no mail server of a pair is. */
  readonly mail?: MailState;
  /** Servers behind HAProxy; absent where there is none, or where it did not answer. */
  readonly proxies?: readonly ProxyServer[];
  /** What LVS balances; absent where there is none. */
  readonly virtualServers?: readonly VirtualServer[];
  /** Absent where the rendered files were not at hand. */
  readonly files?: { readonly compared: number; readonly drift: readonly FileDrift[] };
}

/** One host: what was seen, or why nothing was. */
export type HostLook =
  | { readonly host: EntityId; readonly name: string; readonly reached: true; readonly state: NodeState }
  | { readonly host: EntityId; readonly name: string; readonly reached: false; readonly reason: string };

/** A host that answered. */
export type ReachedHost = Extract<HostLook, { reached: true }>;

/** Name of a volume of a DRBD resource in facts, for instance `ldap/0`. */
export function volumeKey(resource: string, volume: number): string {
  return `${resource}/${volume}`;
}
