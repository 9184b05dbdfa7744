import type { BitsPerSecond, Bytes, EntityFacts, EntityId, Milliseconds } from './units';

/** A place that can be lost as a whole (F7). */
export type SiteFacts = EntityFacts;

/** Things that take down everything attached to them when they fail. */
export type FailureDomainKind = 'power-feed' | 'rack' | 'switch' | 'hypervisor';

/** A power feed, rack, switch or hypervisor of a site. */
export interface FailureDomainFacts extends EntityFacts {
  readonly kind: FailureDomainKind;
  readonly site: EntityId;
}

/** A line between two sites. */
export interface SiteLinkFacts extends EntityFacts {
  readonly name: string;
  /** Two sites, sorted. */
  readonly sites: readonly EntityId[];
  readonly speed: BitsPerSecond;
  /** Time for a packet there and back. */
  readonly roundTripTime: Milliseconds;
}

/** What a network is meant for. Rules look at what really uses it, reports show what it is meant for. */
export type NetworkPurpose = 'service' | 'replication' | 'heartbeat' | 'administration';

/** One IP network, hence one cable or one broadcast domain. */
export interface NetworkFacts extends EntityFacts {
  readonly name: string;
  readonly site: EntityId;
  /** For instance `192.168.1.0/24`. */
  readonly cidr: string;
  readonly purpose: NetworkPurpose;
  readonly speed?: BitsPerSecond;
  /** The switches that carry it, sorted; empty for a direct cable or when not declared. */
  readonly switches: readonly EntityId[];
}

/** A network interface with its fixed address. */
export interface InterfaceFacts {
  readonly name: string;
  readonly network: EntityId;
  readonly address: string;
  readonly prefixLength: number;
  /** The adapter that carries the interface; two interfaces of one adapter fail together. */
  readonly card?: string;
}

/** A whole physical disk. */
export interface DiskFacts {
  /** For instance `/dev/sdb`. */
  readonly device: string;
  readonly size?: Bytes;
}

/** A machine that carries services. */
export interface HostFacts extends EntityFacts {
  /** The node name, as `uname -n` prints it. */
  readonly name: string;
  readonly site: EntityId;
  /** Sorted by name. */
  readonly interfaces: readonly InterfaceFacts[];
  /** Sorted by device. */
  readonly disks: readonly DiskFacts[];
  /** Serial ports, for instance `/dev/ttyS0`, sorted. */
  readonly serialPorts: readonly string[];
  readonly memory?: Bytes;
  /** Processors that services can use. */
  readonly processors?: number;
  /** Power feeds, racks, switches and hypervisors the host depends on, sorted. */
  readonly failureDomains: readonly EntityId[];
  /** From power on to the start of the cluster manager. */
  readonly bootTime: Milliseconds;
  /** From link loss to a usable link (spanning tree, negotiation). */
  readonly linkUpTime: Milliseconds;
  /** Names or addresses of NTP servers; empty when the clock is not synchronised. */
  readonly timeServers: readonly string[];
}
