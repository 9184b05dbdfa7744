import { copiesOf, type Copy } from './openldap-copies';
import { by } from './order';
import type { DirectoryServerFacts } from './replication';
import type { Topology } from './topology';
import type { EntityId } from './units';

/**
 * What a database of an OpenLDAP server holds: the `changes` of a directory, for delta-syncrepl; the password of its
 * `administrator`, who can bind while the directory itself is closed; its `data`; the `password` of replicas; or what
 * slapd knows of itself (`monitor`).
 */
export type OpenLdapDatabaseKind = 'changes' | 'administrator' | 'data' | 'password' | 'monitor';

/** A database of an OpenLDAP server. */
export interface OpenLdapDatabase {
  readonly kind: OpenLdapDatabaseKind;
  /** The copy that it belongs to; none of `monitor`. */
  readonly copy?: Copy;
  /** Its place among the databases of the server, from 1. */
  readonly number: number;
  /** Its name in `cn=config`. */
  readonly name: string;
}

/** Backends by kind, as slapd calls them. */
const BACKENDS: Readonly<Record<OpenLdapDatabaseKind, string>> = {
  changes: 'mdb',
  administrator: 'null',
  data: 'mdb',
  password: 'null',
  monitor: 'monitor',
};

/**
 * The databases of an OpenLDAP server in the order of `cn=config`: a log of changes comes before the database that
 * writes it, and what lies below a suffix before that suffix.
 */
export function openLdapDatabases(topology: Topology, server: DirectoryServerFacts): readonly OpenLdapDatabase[] {
  const copies = copiesOf(topology, server);
  const unnumbered: readonly { readonly kind: OpenLdapDatabaseKind; readonly copy?: Copy }[] = [
    ...copies.filter(({ logged }) => logged).map((copy) => ({ kind: 'changes', copy }) as const),
    ...copies.map((copy) => ({ kind: 'administrator', copy }) as const),
    ...copies.map((copy) => ({ kind: 'data', copy }) as const),
    ...copies
      .filter(({ readers }) => readers.some(({ authentication }) => authentication === 'simple'))
      .map((copy) => ({ kind: 'password', copy }) as const),
    { kind: 'monitor' },
  ];
  return unnumbered.map((one, index) => ({
    ...one,
    number: index + 1,
    name: `olcDatabase={${index + 1}}${BACKENDS[one.kind]},cn=config`,
  }));
}

/**
 * The distinguished name, in `cn=config` of an OpenLDAP server, of the database with the entries of a directory; undefined
 * where the server has no copy or is of another engine. The entry says who is master and what the database may do.
 */
export function dataDatabaseName(
  topology: Topology,
  server: DirectoryServerFacts,
  directory: EntityId,
): string | undefined {
  if (server.engine !== 'openldap') return undefined;
  return openLdapDatabases(topology, server).find(
    ({ kind, copy }) => kind === 'data' && copy?.directory.id === directory,
  )?.name;
}

/** Who stands beside a server as far as its start is concerned. */
export interface StartPeer {
  readonly server: DirectoryServerFacts;
  /** Its database of the directory in `cn=config`. */
  readonly database: string;
  /** It is a member of the group: it may come to take writes. */
  readonly member: boolean;
}

/** Members of the groups of a copy's directory and those that the copy reads from, without its own server; sorted by id. */
export function startPeers(topology: Topology, { directory, possible }: Copy, self: EntityId): readonly StartPeer[] {
  const members = [
    ...topology.failoverGroups
      .filter((group) => group.directory === directory.id)
      .flatMap(({ master, mirrors }) => [master, ...mirrors]),
    ...topology.multiMasterGroups
      .filter((group) => group.directory === directory.id)
      .flatMap(({ suppliers }) => suppliers),
  ];
  const ids = new Set([...members, ...possible.map(({ provider }) => provider.id)]);
  return topology.directoryServers
    .filter(({ id }) => id !== self && ids.has(id))
    .sort(by(({ id }) => id))
    .flatMap((server) => {
      const database = dataDatabaseName(topology, server, directory.id);
      return database === undefined ? [] : [{ server, database, member: members.includes(server.id) }];
    });
}
