import type { Bytes, EntityFacts, EntityId, Milliseconds } from './units';

/** The software of a directory server. */
export type DirectoryEngine = 'openldap' | 'ds389';

/** Why a directory is replicated (F1). */
export type ReplicationPurpose =
  'read-capacity' | 'availability' | 'local-access' | 'partitioned-operation' | 'security-boundary' | 'survivability';

/** How replicas authenticate to each other (F20): X.500 calls them name only, simple and strong. */
export type ReplicaAuthentication = 'name-only' | 'simple' | 'strong';

/** A file with definitions of schema that no engine ships. */
export interface SchemaFileFacts {
  /** Name of the file without its ending, for instance `groupware`. */
  readonly name: string;
  /** Definitions in the syntax of RFC 4512, one a line: `attributeTypes: ( … )`, `objectClasses: ( … )`. */
  readonly definitions: readonly string[];
}

/** Look-ups that clients make, for sizing (R30, R34, R35). */
export interface ReadLoadFacts {
  readonly users: number;
  /** Look-ups of a user in a day. */
  readonly lookupsPerUser: number;
  /** Mail messages in a day. */
  readonly mails: number;
  readonly lookupsPerMail: number;
  /** The hours of a day in which the look-ups come (E22). */
  readonly window: Milliseconds;
  /** How much more the busiest second has than the mean (E21). */
  readonly peakFactor: number;
  /** Look-ups a second that one server carries. */
  readonly readsPerServer: number;
  /** Part of the time that one server is there (R26); absent: unknown. */
  readonly serverAvailability?: number;
}

/** What is expected of a directory, for sizing (R30, R34). */
export interface DirectoryLoadFacts {
  readonly entries: number;
  readonly entrySize: Bytes;
  /** Part of the entries that change in a day, 0 to 1 (R31). */
  readonly dailyChange: number;
  readonly reads?: ReadLoadFacts;
}

/** One suffix: one database and the unit of replication (R1, R2). */
export interface DirectoryFacts extends EntityFacts {
  readonly name: string;
  readonly suffix: string;
  /** In the order of `ReplicationPurpose`. */
  readonly purposes: readonly ReplicationPurpose[];
  /** Clients must be able to write although a server is lost (R28). */
  readonly writeFailover: boolean;
  /** Schemas that engines ship, by name, sorted. */
  readonly schemas: readonly string[];
  /** Sorted by name. */
  readonly schemaFiles: readonly SchemaFileFacts[];
  /** The server on which the schema is changed; absent: nobody said (R47). */
  readonly schemaOwner?: EntityId;
  readonly load?: DirectoryLoadFacts;
  /** Name of the secret by which replicas authenticate where an agreement says `simple`. */
  readonly replicationSecret: string;
}

/** A plug-in of a server that replication restricts. */
export type DirectoryPlugin = 'attribute-uniqueness' | 'referential-integrity';

/** A subtree that a server fetches from another one for its clients; it is not replicated (R43). */
export interface DatabaseLinkFacts {
  readonly suffix: string;
  /** LDAP URL of the server that has the data. */
  readonly url: string;
  /** Who keeps a copy of the link's configuration; absent: nobody. */
  readonly backedUpBy?: string;
}

/** The names of a server in its certificate. */
export interface CertificateFacts {
  /** Subject, as a distinguished name. */
  readonly subject: string;
  /** Directory names among the alternative names, sorted. */
  readonly directoryNames: readonly string[];
  /** Host names among the alternative names, sorted. */
  readonly dnsNames: readonly string[];
}

/** One process of a directory server on a host. */
export interface DirectoryServerFacts extends EntityFacts {
  readonly name: string;
  readonly host: EntityId;
  readonly engine: DirectoryEngine;
  /** First two numbers of the version, for instance `2.5`. */
  readonly version: string;
  readonly port: number;
  readonly tlsPort: number;
  /** Its distinguished name among servers (F12). */
  readonly identity: string;
  /** The name by which others reach it. */
  readonly hostname: string;
  /** OpenLDAP: the server id of all its directories. */
  readonly serverId?: number;
  /** Name of the secret of the administrator: `cn=admin` below each suffix in OpenLDAP. */
  readonly administratorSecret: string;
  /** Names in the user's own certificate; absent: Tandem makes one with all names that are needed. */
  readonly certificate?: CertificateFacts;
  /** Sorted. */
  readonly plugins: readonly DirectoryPlugin[];
  /** What the plug-in `attribute-uniqueness` looks after, sorted; absent without the plug-in. */
  readonly uniqueAttributes?: readonly string[];
  readonly databaseLinks: readonly DatabaseLinkFacts[];
}

/**
 * What a server does for a directory. `supplier`: takes writes (R3, R4); in a failover group it is the master. `mirror`:
 * may become master and serves reads meanwhile (F10, F11). `hub`: passes on what it gets (R18). `consumer`: a shadow. The lists of
 * duties that the document lost are those of the engines' manuals (E24).
 */
export type ReplicaRole = 'supplier' | 'mirror' | 'hub' | 'consumer';

/**
 * What a read-only copy does with a write of a client (R3, R18). `refer`: names a server that takes it. `chain`: has it
 * done there in the name of the client.
 */
export type ShadowUpdates = 'refer' | 'chain';

/** The copy of a directory on a server. */
export interface ReplicaFacts extends EntityFacts {
  readonly directory: EntityId;
  readonly server: EntityId;
  readonly role: ReplicaRole;
  /** The failover or multi-master group it belongs to. */
  readonly group?: EntityId;
  /** 389 Directory Server: 1 to 65534 for suppliers, 65535 for others. */
  readonly replicaId?: number;
  /** Of hubs and consumers. */
  readonly updates?: ShadowUpdates;
  /** On its way out: it gets no new agreements and nobody is switched to it (F27). */
  readonly retiring: boolean;
}

/** One master and its mirrors (F8). */
export interface FailoverGroupFacts extends EntityFacts {
  readonly directory: EntityId;
  readonly name: string;
  /** Distinguished name that the group has towards servers outside (F12). */
  readonly identity: string;
  /** The server that is master at first. */
  readonly master: EntityId;
  /** In the order of the stack. */
  readonly mirrors: readonly EntityId[];
  readonly authentication: ReplicaAuthentication;
  /** Who decides about a switch (F16, E29). */
  readonly decision: 'operator' | 'automatic';
}

/** How suppliers feed each other (R13). */
export type SupplierTopology = 'mesh' | 'ring' | 'explicit';

/** Suppliers that all take writes. */
export interface MultiMasterGroupFacts extends EntityFacts {
  readonly directory: EntityId;
  readonly name: string;
  /** In the order of the stack, which is that of a ring. */
  readonly suppliers: readonly EntityId[];
  readonly topology: SupplierTopology;
  /** `available`: every side of a partition takes writes (Q15). `quorum`: only a strict majority does (Q12). */
  readonly partitionPolicy: 'available' | 'quorum';
  /** What the minority does with reads under `quorum` (E30). */
  readonly minorityReads: 'serve-stale' | 'refuse';
  /** The supplier that gets the writes while it is there (F5). */
  readonly preferredWriter?: EntityId;
  readonly authentication: ReplicaAuthentication;
}

/** A time of the week in which updates are sent (R9), in the local time of the supplier. */
export interface UpdateWindowFacts {
  /** 0 is Sunday; sorted. */
  readonly weekdays: readonly number[];
  /** Minutes since midnight. */
  readonly from: number;
  /** Minutes since midnight, later than `from`; 1440 is the end of the day. */
  readonly to: number;
}

/** When updates are sent (X.525, UpdateMode). */
export type UpdateModeFacts =
  | { readonly initiator: 'supplier'; readonly when: 'on-change' }
  | {
      readonly initiator: 'supplier' | 'consumer';
      readonly when: 'windows';
      readonly windows: readonly UpdateWindowFacts[];
    }
  | {
      readonly initiator: 'supplier' | 'consumer';
      readonly when: 'periodic';
      readonly windowSize: Milliseconds;
      readonly updateInterval: Milliseconds;
      /** Updates at other times are allowed too. */
      readonly otherTimes: boolean;
    };

/** What part of a directory is replicated (X.525, UnitOfReplication). */
export interface ReplicationAreaFacts {
  /** Distinguished name below which it lies. */
  readonly base: string;
  /** Subtrees that are left out, relative to the base, sorted. */
  readonly exclusions: readonly string[];
  /** Filter of RFC 4515 that entries match. */
  readonly filter?: string;
}

/** Attributes that are replicated (X.525, AttributeSelection; R21). */
export type AttributeSelectionFacts =
  { readonly kind: 'all' } | { readonly kind: 'include' | 'exclude'; readonly attributes: readonly string[] };

/** References to other servers that a shadow of X.500 gets along with the entries (X.525, Knowledge). */
export interface KnowledgeFacts {
  readonly kind: 'master' | 'shadow' | 'both';
  /** Also references that lie below the area. */
  readonly extended: boolean;
}

/** Who feeds a replica: a server, or whoever is master of a group. */
export type SourceFacts =
  { readonly kind: 'server'; readonly server: EntityId } | { readonly kind: 'group'; readonly group: EntityId };

/** One supplier feeds one consumer (R8). */
export interface ReplicationAgreementFacts extends EntityFacts {
  readonly directory: EntityId;
  readonly supplier: SourceFacts;
  readonly consumer: EntityId;
  /** `declared`: by the user; `derived`: from a group or from what feeds a hub or a consumer. */
  readonly origin: 'declared' | 'derived';
  /** Identifier and version of X.525; the version rises when the agreement moves (F18). */
  readonly identifier: number;
  readonly version: number;
  readonly area: ReplicationAreaFacts;
  readonly attributes: AttributeSelectionFacts;
  /** Absent: none is asked for. */
  readonly knowledge?: KnowledgeFacts;
  /** Object identifiers of contexts: only values in these are asked for, sorted; absent: all values. */
  readonly contextSelection?: readonly string[];
  readonly updateMode: UpdateModeFacts;
  readonly authentication: ReplicaAuthentication;
  /** The consumer may feed others (X.525, secondaryShadows). */
  readonly secondaryShadows: boolean;
  /** ISO 8601, in UTC; absent: from now, until it is ended. */
  readonly validFrom?: string;
  readonly validUntil?: string;
}

/** A regular dump of a directory by one of its servers (R27). */
export interface DirectoryBackupFacts extends EntityFacts {
  readonly name: string;
  readonly directory: EntityId;
  readonly server: EntityId;
  /** Time between two dumps: the most that a restore loses. */
  readonly interval: Milliseconds;
  /** Dumps that are kept. */
  readonly copies: number;
  /** Where they are kept. */
  readonly folder: string;
}

/** A subtree that a server keeps equal with one of a Windows domain (R49). */
export interface WindowsSyncFacts extends EntityFacts {
  readonly name: string;
  readonly directory: EntityId;
  readonly server: EntityId;
  /** Host name of a domain controller. */
  readonly domainController: string;
  readonly port: number;
  /** DNS name of the domain. */
  readonly windowsDomain: string;
  /** Distinguished names of what is kept equal. */
  readonly windowsSubtree: string;
  readonly directorySubtree: string;
}
