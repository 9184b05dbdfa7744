import type { Bytes, EntityFacts, EntityId } from './units';

/** A directory whose content must survive the node, or is declared expendable (E13, E14). */
export interface StatePathFacts {
  readonly directory: string;
  /** What it holds, in words: `directory database`, `mail queue`. */
  readonly holds: string;
  /** Why it may be lost, when it may. */
  readonly expendable?: string;
}

/** A port that clients or other services use. */
export interface ServicePortFacts {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** `clients`: reached from outside; `node`: only from the same node. */
  readonly from: 'clients' | 'node';
}

/** Settings of slapd(8). */
export interface OpenLdapSettings {
  readonly kind: 'openldap';
  readonly suffix: string;
  readonly dataDirectory: string;
  readonly maximumDatabaseSize: Bytes;
  readonly administrator: string;
  /** Name of the secret that holds the administrator's password hash. */
  readonly administratorSecret: string;
  readonly schemas: readonly string[];
  readonly indexes: readonly { readonly attributes: readonly string[]; readonly types: readonly string[] }[];
  readonly logLevel: string;
}

/** Settings of saslauthd(8). */
export interface SaslAuthdSettings {
  readonly kind: 'saslauthd';
  readonly mechanism: 'ldap' | 'pam';
  /** The directory it asks, for mechanism `ldap`. */
  readonly directory?: EntityId;
  readonly threads: number;
}

/** Settings of PostgreSQL. */
export interface PostgreSqlSettings {
  readonly kind: 'postgresql';
  readonly version: string;
  readonly dataDirectory: string;
  readonly maximumConnections: number;
  readonly sharedBuffers: Bytes;
  readonly synchronousCommit: boolean;
  /** Networks whose clients may connect, as CIDR. */
  readonly clients: readonly string[];
}

/** Settings of the Cyrus IMAP server. */
export interface CyrusImapSettings {
  readonly kind: 'cyrus-imap';
  readonly configurationDirectory: string;
  readonly mailPartition: string;
  readonly administrators: readonly string[];
}

/** Settings of Postfix. */
export interface PostfixSettings {
  readonly kind: 'postfix';
  readonly hostname: string;
  readonly destinations: readonly string[];
  readonly trustedNetworks: readonly string[];
  readonly relayHost?: string;
  readonly queueDirectory: string;
  readonly dataDirectory: string;
  readonly messageSizeLimit: Bytes;
  /** How mail reaches the mail store of this group. */
  readonly delivery: { readonly kind: 'cyrus'; readonly service: EntityId } | { readonly kind: 'local' };
}

/** The Postfix instance of a mail server of a pair: at home it takes mail, on the peer's host it delivers what is queued (S4). */
export interface MailServerSettings {
  readonly kind: 'mail-server';
  readonly server: EntityId;
  /** Name of the server, by which its host's programs know it. */
  readonly serverName: string;
}

/** Any other init script or unit. */
export interface GenericSettings {
  readonly kind: 'generic';
  /** Command that exits with 0 while the service works; absent: the unit's state is asked. */
  readonly probe?: string;
}

export type ServiceSettings =
  | OpenLdapSettings
  | SaslAuthdSettings
  | PostgreSqlSettings
  | CyrusImapSettings
  | PostfixSettings
  | MailServerSettings
  | GenericSettings;

/** A service under the care of a cluster. */
export interface ServiceFacts extends EntityFacts {
  /** Name of the init script that haresources calls, for instance `slapd`. */
  readonly name: string;
  /** The systemd unit behind it, for instance `slapd.service`. */
  readonly unit: string;
  readonly settings: ServiceSettings;
  /** Absent in files that were read: their state is taken from what is known of the service by name. */
  readonly state: readonly StatePathFacts[];
  readonly ports: readonly ServicePortFacts[];
  /** Services that must run before it, sorted. */
  readonly requires: readonly EntityId[];
  /** Memory it needs at full load. */
  readonly memory?: Bytes;
  /** Processors it needs at full load. */
  readonly processors?: number;
  /** The init system starts it at boot, beside the cluster (X17). */
  readonly enabledAtBoot: boolean;
}
