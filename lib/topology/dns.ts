import type { EntityFacts, EntityId, Milliseconds } from './units';

/** A name that stands for several hosts or load balancers, in turn (R29). */
export interface DnsNameFacts {
  /** Relative to the zone, for instance `ldap`. */
  readonly name: string;
  /** In the order of the stack. */
  readonly hosts: readonly EntityId[];
  /** Load balancers, by whose address they are reached, in the order of the stack. */
  readonly balancers: readonly EntityId[];
}

/** What takes the mail of a zone's domain (S9): servers of a pair or of a farm, or a load balancer before them. */
export interface MailExchangerFacts {
  readonly kind: 'farm' | 'pair' | 'balancer';
  readonly id: EntityId;
}

/** A zone of the domain name system (RFC 1035) in which clients find servers. */
export interface DnsZoneFacts extends EntityFacts {
  /** For instance `example.com`. */
  readonly origin: string;
  /** Hosts that serve it, the primary first. */
  readonly nameServers: readonly EntityId[];
  /** Mailbox of who is responsible. */
  readonly contact: string;
  /** Secondaries fetch the zone when it has risen. */
  readonly serial: number;
  /** How long an answer may be kept: for so long clients may be sent to a server that is gone. */
  readonly timeToLive: Milliseconds;
  /** Sorted by name. */
  readonly names: readonly DnsNameFacts[];
  /** In the order in which senders try them, as the stack has it. */
  readonly mail: readonly MailExchangerFacts[];
}
