import { copiesOf, type Copy } from './openldap-copies';
import { partsOf } from './distinguished-name';
import { by, sortedUnique } from './order';
import type { DatabaseLinkFacts, DirectoryFacts, DirectoryServerFacts } from './replication';
import { membersOf } from './replication-graph';
import type { Topology } from './topology';
import type { EntityId } from './units';

/**
 * What a database of an OpenLDAP server holds: the `changes` of a directory, for delta-syncrepl; a `link` to another
 * server; the password of a directory's `administrator`, who can bind while the directory itself is closed; its `data`;
 * the `password` of replicas; whom a `proxy` may name; or what slapd knows of itself (`monitor`).
 */
export type OpenLdapDatabase = (
  | { readonly kind: 'changes' | 'administrator' | 'data' | 'password'; readonly copy: Copy }
  | { readonly kind: 'link'; readonly link: DatabaseLinkFacts }
  | { readonly kind: 'proxy'; readonly proxy: Proxy }
  | { readonly kind: 'monitor' }
) & {
  /** Its place among the databases of the server, from 1. */
  readonly number: number;
  /** Its name in `cn=config`. */
  readonly name: string;
};

type Unnumbered = OpenLdapDatabase extends infer One
  ? One extends unknown
    ? Omit<One, 'number' | 'name'>
    : never
  : never;

/** Backends by kind, as slapd calls them. */
const BACKENDS: Readonly<Record<OpenLdapDatabase['kind'], string>> = {
  changes: 'mdb',
  link: 'ldap',
  administrator: 'null',
  data: 'mdb',
  password: 'null',
  proxy: 'ldif',
  monitor: 'monitor',
};

/** A server that names clients to another one, and the directories in which it may. */
export interface Proxy {
  readonly server: DirectoryServerFacts;
  readonly directories: readonly DirectoryFacts[];
}

/**
 * The databases of an OpenLDAP server in the order of `cn=config`: a log of changes comes before the database that
 * writes it, and what lies below a suffix before that suffix.
 */
export function openLdapDatabases(topology: Topology, server: DirectoryServerFacts): readonly OpenLdapDatabase[] {
  const copies = copiesOf(topology, server);
  const unnumbered: readonly Unnumbered[] = [
    ...copies.filter(({ logged }) => logged).map((copy) => ({ kind: 'changes', copy }) as const),
    ...inOrder(server.databaseLinks).map((link) => ({ kind: 'link', link }) as const),
    ...copies.map((copy) => ({ kind: 'administrator', copy }) as const),
    ...copies.map((copy) => ({ kind: 'data', copy }) as const),
    ...copies
      .filter(({ readers }) => readers.some(({ authentication }) => authentication === 'simple'))
      .map((copy) => ({ kind: 'password', copy }) as const),
    ...proxiesOf(copies).map((proxy) => ({ kind: 'proxy', proxy }) as const),
    { kind: 'monitor' },
  ];
  return unnumbered.map((one, index) => ({
    ...one,
    number: index + 1,
    name: `olcDatabase={${index + 1}}${BACKENDS[one.kind]},cn=config`,
  }));
}

/** Links in the order that slapd wants: subordinate suffixes first. */
function inOrder(links: readonly DatabaseLinkFacts[]): readonly DatabaseLinkFacts[] {
  const key = ({ suffix }: DatabaseLinkFacts): string => suffix;
  return [...links].sort((a, b) => partsOf(b.suffix).length - partsOf(a.suffix).length || by(key)(a, b));
}

/** The servers that name clients to this one, sorted by id. */
function proxiesOf(copies: readonly Copy[]): readonly Proxy[] {
  const servers = new Map(copies.flatMap(({ proxies }) => proxies.map((one) => [one.id, one])));
  return sortedUnique([...servers.keys()]).flatMap((id) => {
    const server = servers.get(id);
    const directories = copies
      .filter(({ proxies }) => proxies.some((one) => one.id === id))
      .map(({ directory }) => directory);
    return server ? [{ server, directories }] : [];
  });
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
  return databaseName(topology, server, directory, 'data');
}

/** As `dataDatabaseName`, of the log of a directory's changes; undefined also where the server keeps none. */
export function logDatabaseName(
  topology: Topology,
  server: DirectoryServerFacts,
  directory: EntityId,
): string | undefined {
  return databaseName(topology, server, directory, 'changes');
}

function databaseName(
  topology: Topology,
  server: DirectoryServerFacts,
  directory: EntityId,
  kind: 'changes' | 'data',
): string | undefined {
  if (server.engine !== 'openldap') return undefined;
  return openLdapDatabases(topology, server).find((one) => one.kind === kind && one.copy.directory.id === directory)
    ?.name;
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
    ...topology.failoverGroups.filter((group) => group.directory === directory.id).flatMap(membersOf),
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
