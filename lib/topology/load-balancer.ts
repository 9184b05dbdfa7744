import type { EntityFacts, EntityId, Milliseconds } from './units';

/**
 * What is asked of a server to know that it works. `connect`: whether its port opens, which the kernel does for a process
 * that hangs too; `smtp`: whether it greets; `ldap`: whether its database is open, of 389 Directory Server whether it answers
 * a bind; `ldap-role`: whether its database takes writes too.
 */
export type HealthCheckKind = 'connect' | 'smtp' | 'ldap' | 'ldap-role';

/** How a load balancer sees that a server is lost. */
export interface HealthCheckFacts {
  readonly kind: HealthCheckKind;
  readonly interval: Milliseconds;
  /** A check that takes longer has failed. */
  readonly timeout: Milliseconds;
  /** Failures in a row after which a server is lost. */
  readonly fall: number;
  /** Successes in a row after which it is back. */
  readonly rise: number;
}

/** Mail: new connections go to the servers of some pairs in equal shares (S3). */
export interface BalancedMailFacts {
  readonly kind: 'mail';
  /** In the order of the stack. */
  readonly pairs: readonly EntityId[];
  readonly port: number;
  readonly healthCheck: HealthCheckFacts;
}

/** A directory: reads go to all servers (S5), writes to the one that takes them (S6). */
export interface BalancedDirectoryFacts {
  readonly kind: 'directory-reads' | 'directory-writes';
  readonly directory: EntityId;
  readonly port: number;
  readonly healthCheck: HealthCheckFacts;
}

export type BalancedServiceFacts = BalancedMailFacts | BalancedDirectoryFacts;

/** HAProxy, or LVS by keepalived's `virtual_server` or by ldirectord. */
export type SoftwareBalancer = 'haproxy' | 'lvs-keepalived' | 'lvs-ldirectord';

/** What balances. */
export type BalancerFacts =
  | {
      readonly kind: 'software';
      readonly software: SoftwareBalancer;
      /** In the order of the stack: the first has the address while it lives. */
      readonly hosts: readonly EntityId[];
      /** The `virtual_router_id` of keepalived: one for each address of a network. */
      readonly virtualRouterId: number;
      /** Devices that reset a balancer that hangs and keeps its address, sorted. */
      readonly fencing: readonly EntityId[];
    }
  /** Devices that are set up by hand, by a worksheet. */
  | { readonly kind: 'external'; readonly site: EntityId; readonly units: number };

/** What clients connect to instead of a server (S3). */
export interface LoadBalancerFacts extends EntityFacts {
  readonly name: string;
  readonly balancer: BalancerFacts;
  /** The address that clients use, and that moves between balancers. */
  readonly address: { readonly network: EntityId; readonly address: string; readonly prefixLength: number };
  /** Sorted by port. */
  readonly services: readonly BalancedServiceFacts[];
}
