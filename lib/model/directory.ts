import type {
  ReadLoadFacts,
  ReplicaFacts,
  ReplicationPurpose,
  ShadowUpdates,
  SourceFacts,
} from '../topology/replication';
import { byCodeUnits } from '../topology/order';
import { serversNeeded } from '../topology/read-load';
import { readDefinition } from '../topology/schema-definition';
import type { EntityId } from '../topology/units';
import type { Deployment } from './deployment';
import type { DirectoryServer } from './directory-server';
import { Entity } from './entity';
import { secretPrefix } from './drbd-defaults';
import type { TopologyParts } from './topology-parts';
import { DataSize } from './values/data-size';
import { Duration } from './values/duration';
import { parseSuffix } from './values/distinguished-name';
import { parseNumber, parseWholeNumber } from './values/number';
import { SecretRef } from './values/secret-ref';
import { parsePattern, parseText, quoted } from './values/text';
import { ValueError } from './values/value-error';

const PURPOSES: readonly ReplicationPurpose[] = [
  'read-capacity',
  'availability',
  'local-access',
  'partitioned-operation',
  'security-boundary',
  'survivability',
];

/** Look-ups that clients of a directory make: what a survey of network, users and applications finds (R19, R30, R34, R35). */
export interface ReadLoad {
  readonly users: number;
  /** Look-ups of a user in a day. @default 10 (R30) */
  readonly lookupsPerUser?: number;
  /** Mail messages in a day. @default 0 */
  readonly mails?: number;
  /** @default 5 (R34) */
  readonly lookupsPerMail?: number;
  /** The hours of a day in which they come, from one hour to one day. @default 12 h (R35) */
  readonly window?: Duration;
  /** How much more the busiest second has than the mean, 1 to 1000. @default 1: servers are counted for the mean */
  readonly peakFactor?: number;
  /** Look-ups a second that one server carries. @default 500 (R35); a drill on the machines at hand says more */
  readonly readsPerServer?: number;
  /**
   * Part of the time that one server is there, 0.9 to 0.99999: less reliable hardware wants more servers (R26). So many are
   * counted that enough are there but for 53 minutes of a year.
   * @default - unknown: one server may be lost
   */
  readonly serverAvailability?: number;
}

/** What is expected of a directory (R30, R31). */
export interface DirectoryLoad {
  readonly entries: number;
  /** @default 1 KiB, the mean of the document (R30) */
  readonly entrySize?: DataSize;
  /** Part of the entries that change in a day, from 0 to 1. @default 0.1 (R31) */
  readonly dailyChange?: number;
  /** @default - unknown */
  readonly reads?: ReadLoad;
}

/** Properties of a `Directory`. */
export interface DirectoryProps {
  /** The suffix: one database and the unit of replication (R1, R2). */
  readonly suffix: string;
  /** Why it is replicated (F1). @default ['availability'] */
  readonly purposes?: readonly ReplicationPurpose[];
  /** Whether clients must be able to write although a server is lost (R28). @default false */
  readonly writeFailover?: boolean;
  /** Schemas that engines ship, besides core. @default ['cosine', 'inetorgperson', 'nis'] */
  readonly schemas?: readonly string[];
  /** Definitions that no engine ships, by name of their file: lines `attributeTypes: …` and `objectClasses: …`. @default - none */
  readonly schemaFiles?: Readonly<Record<string, readonly string[]>>;
  /** The server on which the schema is changed, and no other (R46, R47). @default - nobody is named */
  readonly schemaOwner?: DirectoryServer;
  /** @default - unknown */
  readonly load?: DirectoryLoad;
  /**
   * The password of replicas where an agreement says `simple`.
   * @default - a secret named after deployment and directory
   */
  readonly replicationPassword?: SecretRef;
}

/** What feeds a hub or a consumer. */
export interface ReplicationSource {
  /**
   * One source for each agreement.
   * @internal
   */
  sources(): readonly SourceFacts[];
}

/**
 * One suffix, kept by several servers. Groups, hubs and consumers of it are made inside. A tree that is spread over servers is
 * several of them, each with a suffix of its own (Q1). Its schema travels with its entries or its server's files: no agreement is
 * about it (R48).
 */
export class Directory extends Entity {
  readonly suffix: string;
  private agreements = 0;

  /** @throws ModelError `value/suffix`, `value/number`, `ldap/schema`, `value/choice` */
  constructor(
    scope: Deployment,
    name: string,
    private readonly props: DirectoryProps,
  ) {
    super(scope, name);
    this.suffix = this.given('suffix', () => parseSuffix(props.suffix));
    props.purposes?.forEach((purpose) => this.choice('purposes', purpose, PURPOSES));
    const file = (property: string, text: string): string =>
      this.given(property, () =>
        parsePattern(
          text,
          /^[A-Za-z][A-Za-z0-9_-]*$/,
          'ldap/schema',
          'the name of a schema must begin with a letter and have no spaces',
        ),
      );
    props.schemas?.forEach((schema) => file('schemas', schema));
    for (const [schema, definitions] of Object.entries(props.schemaFiles ?? {})) {
      file('schemaFiles', schema);
      definitions.forEach((line) => this.given('schemaFiles', () => parseDefinition(line)));
    }
    const { load } = props;
    if (load) {
      this.given('load', () => parseWholeNumber(load.entries, 1, 1_000_000_000));
      this.instances(DataSize, { entrySize: load.entrySize });
      this.optional('load', load.dailyChange, (value) => parseNumber(value, 0, 1));
      if (load.reads) this.readLoad(load.reads);
    }
    this.instances(SecretRef, { replicationPassword: props.replicationPassword });
  }

  private readLoad({ users, lookupsPerUser, mails, lookupsPerMail, ...more }: ReadLoad): void {
    for (const count of [users, lookupsPerUser, mails, lookupsPerMail])
      this.optional('load', count, (value) => parseWholeNumber(value, 0, 1_000_000_000_000));
    const { window, peakFactor, readsPerServer, serverAvailability } = more;
    this.instances(Duration, { load: window });
    this.optional('load', window?.inMilliseconds, (value) => parseWholeNumber(value, 3_600_000, 86_400_000));
    this.optional('load', peakFactor, (value) => parseNumber(value, 1, 1000));
    this.optional('load', readsPerServer, (value) => parseWholeNumber(value, 1, 1_000_000));
    this.optional('load', serverAvailability, (value) => parseNumber(value, 0.9, 0.99999));
  }

  /**
   * Servers that carry the busiest second of `load.reads` although some of them are lost (R34, R35, E21).
   * @param spare servers that may be lost at once @default - as `load.reads.serverAvailability` asks for (R26), or one
   * @throws ModelError `directory/load` where no reads are declared
   */
  serversForReads(spare?: number): number {
    const reads = this.props.load?.reads;
    if (!reads)
      throw this.wrong('directory/load', 'nothing is said of look-ups', this.name, 'declare them as load.reads');
    return serversNeeded(readFacts(reads), spare);
  }

  /**
   * The number of a new agreement: `OperationalBindingID` of X.525.
   * @internal
   */
  nextAgreement(): number {
    this.agreements += 1;
    return this.agreements;
  }

  /** @internal */
  contribute(parts: TopologyParts): void {
    const { props, suffix } = this;
    const { load, schemaOwner } = props;
    parts.directories.push({
      ...this.identity,
      name: this.name,
      suffix,
      purposes: PURPOSES.filter((purpose) => (props.purposes ?? ['availability']).includes(purpose)),
      writeFailover: props.writeFailover ?? false,
      schemas: [...new Set(props.schemas ?? ['cosine', 'inetorgperson', 'nis'])].sort(byCodeUnits),
      schemaFiles: Object.entries(props.schemaFiles ?? {})
        .map(([name, definitions]) => ({ name, definitions }))
        .sort((a, b) => byCodeUnits(a.name, b.name)),
      ...(schemaOwner ? { schemaOwner: schemaOwner.entityId } : {}),
      ...(load
        ? {
            load: {
              entries: load.entries,
              entrySize: (load.entrySize ?? DataSize.kibibytes(1)).inBytes,
              dailyChange: load.dailyChange ?? 0.1,
              ...(load.reads ? { reads: readFacts(load.reads) } : {}),
            },
          }
        : {}),
      replicationSecret: (
        props.replicationPassword ??
        SecretRef.named(
          [this.deployment.name, this.name, 'replication'].map((part) => secretPrefix(part).slice(0, 24)).join('_'),
        )
      ).name,
    });
  }
}

/** Replica id of 389 Directory Server for copies that take no writes. */
const READ_ONLY = 65_535;

/** Adds the copy of a directory on a server, as a part of the construct that says so. */
export function addReplica(
  parts: TopologyParts,
  of: Entity,
  directory: Directory,
  server: DirectoryServer,
  role: ReplicaFacts['role'],
  more: { readonly group?: EntityId; readonly retiring?: boolean; readonly updates?: ShadowUpdates } = {},
): void {
  const writes = role === 'supplier' || role === 'mirror';
  parts.replicas.push({
    id: `${of.entityId}/${server.name}`,
    path: `${of.node.path}/${server.name}`,
    directory: directory.entityId,
    server: server.entityId,
    role,
    ...(more.group === undefined ? {} : { group: more.group }),
    ...(more.updates === undefined ? {} : { updates: more.updates }),
    ...(server.engine.name === 'ds389'
      ? { replicaId: writes ? parts.nextReplicaId(directory.entityId) : READ_ONLY }
      : {}),
    retiring: more.retiring ?? false,
  });
}

function parseDefinition(line: string): string {
  const found = readDefinition(parseText(line));
  if ('problem' in found)
    throw new ValueError(
      'ldap/schema',
      `${found.problem}, in '${line}'`,
      quoted(found.value),
      "write it like 'attributeTypes: ( 1.2.3 NAME … )' (RFC 4512)",
    );
  return line;
}

const readFacts = (load: ReadLoad): ReadLoadFacts => ({
  users: load.users,
  lookupsPerUser: load.lookupsPerUser ?? 10,
  mails: load.mails ?? 0,
  lookupsPerMail: load.lookupsPerMail ?? 5,
  window: (load.window ?? Duration.hours(12)).inMilliseconds,
  peakFactor: load.peakFactor ?? 1,
  readsPerServer: load.readsPerServer ?? 500,
  ...(load.serverAvailability === undefined ? {} : { serverAvailability: load.serverAvailability }),
});
