import type { EntityFacts, EntityId, Milliseconds } from './units';

/** A heartbeat path over an IP network. */
export interface NetworkLinkFacts {
  readonly kind: 'ucast' | 'bcast' | 'mcast';
  readonly network?: EntityId;
  /** Interface and address of each node on this path; an address may be unknown in files that were read. */
  readonly ends: readonly LinkEndFacts[];
  /** Only `mcast`. */
  readonly multicast?: { readonly group: string; readonly port: number; readonly ttl: number; readonly loop: 0 | 1 };
}

/** One node's end of a network path. */
export interface LinkEndFacts {
  readonly host: EntityId;
  readonly interface: string;
  readonly address?: string;
}

/** A heartbeat path over a null-modem cable. */
export interface SerialLinkFacts {
  readonly kind: 'serial';
  readonly baud: number;
  readonly ends: readonly { readonly host: EntityId; readonly device: string }[];
}

export type LinkFacts = NetworkLinkFacts | SerialLinkFacts;

/** Times of ha.cf. Absent only in configurations that were read from files (E9). */
export interface TimingFacts {
  readonly keepalive?: Milliseconds;
  readonly warntime?: Milliseconds;
  readonly deadtime?: Milliseconds;
  readonly initdead?: Milliseconds;
}

/** A value of a fencing device: text, or the name of a secret. */
export type FencingParameterFacts =
  { readonly name: string; readonly value: string } | { readonly name: string; readonly secret: string };

/** A power switch or service processor that can reset hosts (X4). */
export interface FencingDeviceFacts extends EntityFacts {
  readonly name: string;
  /** STONITH plugin, for instance `external/ipmi`. */
  readonly plugin: string;
  /** Hosts it can reset, sorted. */
  readonly fences: readonly EntityId[];
  /** Host that issues the command; absent: any node that survives. */
  readonly from?: EntityId;
  /** In the order in which `stonith -t PLUGIN -n` names them. */
  readonly parameters: readonly FencingParameterFacts[];
  /** Power feeds, racks and switches the device depends on, sorted. */
  readonly failureDomains: readonly EntityId[];
}

/** Watching of services, which haresources clusters do not do by themselves (E15). */
export interface MonitoringFacts {
  /** Time between two probes of each service. */
  readonly interval: Milliseconds;
  /** A probe that takes longer counts as failed. */
  readonly timeout: Milliseconds;
  /** Restarts of a service within an hour before the group is handed to the other node. */
  readonly restartsBeforeSwitch: number;
}

/** An address that moves with a group (X5). */
export interface AddressMemberFacts extends EntityFacts {
  readonly kind: 'address';
  readonly address: string;
  /** Absent where only files are known. */
  readonly prefixLength?: number;
  readonly network?: EntityId;
  /** Interface of each node that carries it, when known. */
  readonly interfaces: readonly { readonly host: EntityId; readonly interface: string }[];
  /** Resource script: `IPaddr2`, or the older `IPaddr`. */
  readonly script: 'IPaddr2' | 'IPaddr';
}

/** Promotion of a DRBD resource. */
export interface ActivationMemberFacts extends EntityFacts {
  readonly kind: 'activation';
  readonly resource: EntityId;
  /** Resource script: `drbddisk`; `datadisk` is the name of DRBD 0.6 (E4). */
  readonly script: 'drbddisk' | 'datadisk';
}

/** A file system on a DRBD volume or a shared volume. */
export interface MountMemberFacts extends EntityFacts {
  readonly kind: 'mount';
  readonly source:
    | { readonly kind: 'drbd'; readonly resource: EntityId; readonly volume: number }
    | { readonly kind: 'shared'; readonly volume: EntityId }
    | { readonly kind: 'unknown' };
  /** What mount(8) gets: `/dev/drbd0`, a SAN device, `server:/export`. */
  readonly device: string;
  readonly directory: string;
  readonly fileSystem: string;
  /** Comma-separated mount options, when any. */
  readonly options?: string;
}

/** A service that the cluster starts and stops. */
export interface ServiceMemberFacts extends EntityFacts {
  readonly kind: 'service';
  readonly service: EntityId;
}

/** Something of a file that is neither of the others; kept as written. */
export interface OtherMemberFacts extends EntityFacts {
  readonly kind: 'other';
  readonly script: string;
  readonly arguments: readonly string[];
}

export type GroupMemberFacts =
  AddressMemberFacts | ActivationMemberFacts | MountMemberFacts | ServiceMemberFacts | OtherMemberFacts;

/**
 * How heartbeat starts a group. `in-turn`: each member as a resource of its own, one after the other. `together`: one
 * resource promotes all DRBD resources, then mounts all file systems, then starts all services, each kind at once.
 */
export type GroupStart = 'in-turn' | 'together';

/** A resource group: what runs on one node together, in start order (X21). */
export interface ResourceGroupFacts extends EntityFacts {
  readonly name: string;
  /** Node that runs it when both are up: the first word of its haresources line. */
  readonly preferred: EntityId;
  /** @default "in-turn" */
  readonly start: GroupStart;
  /** In start order; they stop in reverse order. */
  readonly members: readonly GroupMemberFacts[];
}

/** How a cluster is meant to use its nodes. */
export type StandbyMode = 'cold' | 'hot';

/** What may be said of a heartbeat cluster's `auto_failback`. */
export type AutoFailback = 'on' | 'off' | 'legacy';

/** Two nodes under Heartbeat in haresources mode. */
export interface HeartbeatClusterFacts extends EntityFacts {
  readonly name: string;
  /** Cold standby: one node works (X1); hot standby: both do (X6). */
  readonly standby: StandbyMode;
  /** In the order in which ha.cf names them. */
  readonly nodes: readonly EntityId[];
  readonly links: readonly LinkFacts[];
  readonly timing: TimingFacts;
  readonly udpPort: number;
  readonly autoFailback: AutoFailback;
  readonly authentication?: { readonly method: 'sha1' | 'md5' | 'crc'; readonly secret?: string };
  /** Ids of fencing devices, sorted. */
  readonly fencing: readonly EntityId[];
  /**
   * How long a node that runs less than the other waits before it resets it, so that of two nodes that do not hear each
   * other the one that works wins (X4); 0: both shoot at once.
   */
  readonly fencingDelay: Milliseconds;
  /** A node that sees no peer at boot starts heartbeat, and its groups, by itself. */
  readonly startsAlone: boolean;
  /** The peer outdater of DRBD runs beside the cluster and marks a peer's copy as outdated. */
  readonly dopd: boolean;
  readonly monitoring?: MonitoringFacts;
  /** Sorted by name. */
  readonly groups: readonly ResourceGroupFacts[];
  /** Directives of ha.cf that the model does not know, in order. */
  readonly extraDirectives: readonly { readonly name: string; readonly value: string }[];
}
