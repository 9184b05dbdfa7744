import type { LinkFacts } from './cluster';
import type { Bytes, EntityFacts, EntityId, Milliseconds } from './units';

/** The software of a mail server. `m-switch` is set up by hand, by a worksheet: its keywords are not public. */
export type MailSoftware = 'postfix' | 'm-switch';

/** Who decides about a switch (F16). */
export type Decision = 'automatic' | 'operator';

/** Where the queue of a mail server lies (S4, E13). */
export type QueueStorageFacts =
  | { readonly kind: 'drbd'; readonly resource: EntityId; readonly volume: number; readonly fileSystem: string }
  | { readonly kind: 'shared'; readonly volume: EntityId; readonly fileSystem: string }
  /** On the host's own disk: lost, or stuck, with the host. */
  | { readonly kind: 'local' };

/** The queue of a mail server: mail that was accepted and not delivered yet. */
export interface MailQueueFacts {
  /** Where it is mounted, on its own host and, after a take-over, on that of the peer. */
  readonly directory: string;
  readonly storage: QueueStorageFacts;
  /** Time after which mail that cannot be delivered goes back: `maximal_queue_lifetime` of postconf(5). */
  readonly lifetime: Milliseconds;
}

/** One mail server on a host. */
export interface MailServerFacts extends EntityFacts {
  readonly name: string;
  readonly host: EntityId;
  readonly software: MailSoftware;
  /** Its own name, with which it greets. */
  readonly hostname: string;
  readonly queue: MailQueueFacts;
  /** Locks and caches that Postfix makes anew. */
  readonly dataDirectory: string;
  readonly messageSizeLimit: Bytes;
  /** Processes of one service at once, `default_process_limit` of postconf(5): the most duplicates after a crash. */
  readonly processLimit: number;
  /** What it carries, in messages a second. */
  readonly messagesPerSecond?: number;
}

/** Other addresses that get the mail of an address. */
export interface MailAliasFacts {
  readonly address: string;
  /** In the order of the stack. */
  readonly to: readonly string[];
}

/** Where the mail of a domain goes. */
export interface MailTransportFacts {
  readonly domain: string;
  /** `[host]:port`, or a domain whose MX is asked. */
  readonly nextHop: string;
}

/** Configuration in tables that lie on each server (S2). */
export interface TableConfigurationFacts {
  readonly kind: 'table';
  /** Addresses that exist, sorted; absent: every address of the domains is taken. */
  readonly recipients?: readonly string[];
  /** Sorted by address. */
  readonly aliases: readonly MailAliasFacts[];
  /** Sorted by domain. */
  readonly transports: readonly MailTransportFacts[];
}

/** Configuration in a directory that servers look up (S2, S5). */
export interface DirectoryConfigurationFacts {
  readonly kind: 'directory';
  readonly directory: EntityId;
  readonly base: string;
  /** Filter of RFC 4515; `%s` is the address. */
  readonly recipientFilter: string;
  readonly resultAttribute: string;
  /** Who reads; absent: nobody in particular. */
  readonly reader?: { readonly name: string; readonly secret: string };
}

export type MailConfigurationFacts = TableConfigurationFacts | DirectoryConfigurationFacts;

/** Mail that is expected, for sizing (S10, R34, R35). */
export interface MailWorkloadFacts {
  readonly messagesPerDay: number;
  readonly messageSize?: Bytes;
  /** Recipients of a message in the mean. */
  readonly recipients: number;
  readonly lookupsPerMessage: number;
  /** The hours of a day in which it comes. */
  readonly window: Milliseconds;
  /** How much more the busiest second has than the mean. */
  readonly peakFactor: number;
}

/** Two mail servers that both work, of which each takes over the queue of the other one (S3, S4). */
export interface MailPairFacts extends EntityFacts {
  readonly name: string;
  /** Two, in the order of the stack. */
  readonly servers: readonly EntityId[];
  /** Domains whose mail it takes, sorted. */
  readonly domains: readonly string[];
  readonly configuration: MailConfigurationFacts;
  /** Networks whose clients may send anywhere, as CIDR, sorted. */
  readonly trustedNetworks: readonly string[];
  readonly relayHost?: string;
  /** Paths for heartbeats (S3). */
  readonly links: readonly LinkFacts[];
  /** Silence after which a server counts as dead. */
  readonly deadtime: Milliseconds;
  /** Ids of fencing devices, sorted. */
  readonly fencing: readonly EntityId[];
  readonly takeover: {
    readonly decision: Decision;
    /** The owner is fenced, and that is confirmed, before its queue is mounted. */
    readonly fenceFirst: boolean;
  };
  readonly workload?: MailWorkloadFacts;
  /** The longest time until the queue of a lost server is delivered again. */
  readonly promisedRecovery: Milliseconds;
}

/** Pairs, also on several sites, that take the mail of the same domains (S9). */
export interface MailFarmFacts extends EntityFacts {
  readonly name: string;
  /** In the order of the stack. */
  readonly pairs: readonly EntityId[];
  readonly workload?: MailWorkloadFacts;
}

/** A site that goes on when the primary one is lost (S9, F7). */
export interface DisasterRecoverySiteFacts extends EntityFacts {
  readonly name: string;
  readonly site: EntityId;
  readonly primary: EntityId;
  /** Mail pairs that live there, sorted. */
  readonly mailPairs: readonly EntityId[];
  /** Directory servers that live there, sorted. */
  readonly directoryServers: readonly EntityId[];
  /** DRBD resources and shared volumes that have a copy there, sorted. */
  readonly volumes: readonly EntityId[];
  /** Hosts that answer for the DNS zones, sorted. */
  readonly nameServers: readonly EntityId[];
  /** Hosts that keep a copy of the secrets, sorted. */
  readonly secretStores: readonly EntityId[];
  readonly failover: {
    readonly mail: Decision;
    readonly directory: Decision;
    readonly queues: Decision;
  };
  /** The longest time until the primary site, or a substitute, delivers again what lies in its queues. */
  readonly promisedRecovery: Milliseconds;
}
