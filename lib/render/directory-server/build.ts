import { lookup } from '../../topology/lookup';
import { sortedUnique } from '../../topology/order';
import type { DirectoryServerFacts } from '../../topology/replication';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import type { ShellVariable } from '../shell/variables';
import { configDatabase, defaults, entry, frontend, LOCAL_ROOT, modules, PROCESS_FILES } from '../slapd/entries';
import type { LdifRecord } from '../slapd/ldif';
import { copiesOf, type Copy } from '../../topology/openldap-copies';
import { type OpenLdapDatabase, openLdapDatabases } from '../../topology/openldap-databases';
import { chainOverlay, proxyDatabase, proxyFile } from './chaining';
import { administratorOf } from '../../topology/openldap-names';
import { quotedName } from './config-words';
import { linkDatabase } from './database-link';
import { administratorDatabase, dataDatabase, logDatabase, monitorDatabase, passwordDatabase } from './database';
import { followedLines } from './follow';
import { dataDirectory, directoryRoot, logDirectory } from './places';
import { pluginsOf } from './plugins';
import { schemas } from './schema';
import { TLS_SETTINGS } from './tls';

/** Everything that makes slapd(8) of one host a replica. */
export interface DirectoryServerConfiguration {
  readonly server: DirectoryServerFacts;
  /** `cn=config` as slapadd(8) reads it. */
  readonly records: readonly LdifRecord[];
  /** `/etc/default/slapd`. */
  readonly defaults: readonly ShellVariable[];
  /** Directories of databases, parents first. */
  readonly databases: readonly string[];
  /** Entries of servers that bring writes of their clients. */
  readonly identities: readonly RenderedFile[];
  /** Names of secrets in the records, sorted. */
  readonly secrets: readonly string[];
}

/**
 * The configuration of the OpenLDAP server of a host; undefined where there is none. `cn=config` itself is not
 * replicated: it holds what differs from server to server, and every server gets all of it from here (F9).
 * @throws FormatError when the host would have to run two of them
 */
export function build(topology: Topology, host: EntityId): DirectoryServerConfiguration | undefined {
  const servers = topology.directoryServers.filter((one) => one.host === host && one.engine === 'openldap');
  const [server, second] = servers;
  if (!server) return undefined;
  if (second) {
    throw new FormatError(
      {
        format: 'slapd.ldif',
        what: `host '${lookup(topology).host(host).name}'`,
        problem: `would run two servers that share the same files, '${server.name}' and '${second.name}'`,
        remedy: 'put both directories on one of them',
      },
      second.path,
    );
  }
  return FormatError.naming(server.path, () => configuration(topology, server));
}

function configuration(topology: Topology, server: DirectoryServerFacts): DirectoryServerConfiguration {
  const databases = openLdapDatabases(topology, server);
  const copies = copiesOf(topology, server);
  const logged = copies.filter((copy) => copy.logged);
  const passwords = databases.flatMap((one) => (one.kind === 'password' ? [one.copy] : []));
  const proxies = databases.flatMap((one) => (one.kind === 'proxy' ? [one.proxy] : []));
  const links = databases.some(({ kind }) => kind === 'link');
  const directories = copies.map(({ directory }) => directory);
  const plugins = sortedUnique(copies.flatMap((copy) => pluginsOf(copy, server).map(({ overlay }) => overlay)));
  const linesBefore = (copy: Copy): number =>
    copies
      .slice(
        0,
        copies.findIndex(({ directory }) => directory.id === copy.directory.id),
      )
      .reduce((sum, { possible }) => sum + possible.length, 0);
  const records = (database: OpenLdapDatabase): readonly LdifRecord[] => {
    const { name, number } = database;
    switch (database.kind) {
      case 'changes':
        return logDatabase(database.copy, name, number);
      case 'link':
        return [linkDatabase(database.link, name, number)];
      case 'administrator':
        return [administratorDatabase(database.copy.directory, name, number, server.administratorSecret)];
      case 'data': {
        const { copy } = database;
        return dataDatabase(copy, server, name, number, followedLines(copy, server, name, 1 + linesBefore(copy)));
      }
      case 'password':
        return [passwordDatabase(database.copy.directory, name, number)];
      case 'proxy':
        return [proxyDatabase(database.proxy, name, number)];
      case 'monitor':
        return [monitorDatabase(directories, name, number)];
    }
  };
  return {
    server,
    records: [
      global(server, copies, proxies.length > 0),
      modules([
        'back_mdb',
        ...(links || copies.some(({ chainsTo }) => chainsTo.length > 0) ? ['back_ldap'] : []),
        ...(copies.length > 0 ? ['back_null'] : []),
        ...(copies.some(({ readers }) => readers.length > 0) ? ['syncprov'] : []),
        ...(logged.length > 0 ? ['accesslog'] : []),
        ...plugins,
      ]),
      ...schemas(directories),
      frontend(),
      ...chainOverlay(copies),
      configDatabase(configRules(databases), directories.map(administratorOf).map(quotedName)),
      ...databases.flatMap(records),
    ],
    identities: proxies.map((proxy) => proxyFile(proxy, server.path)),
    // All addresses of the host: a name of the server may lead to any of them.
    defaults: defaults([`ldap://:${server.port}/`, `ldaps://:${server.tlsPort}/`, 'ldapi:///']),
    databases: copies.flatMap(({ directory, logged: log }) => [
      directoryRoot(directory),
      dataDirectory(directory),
      ...(log ? [logDirectory(directory)] : []),
    ]),
    secrets: sortedUnique([
      ...(copies.length > 0 ? [server.administratorSecret] : []),
      ...passwords.map(({ directory }) => directory.replicationSecret),
      ...copies
        .filter(({ possible }) => possible.some(({ authentication }) => authentication === 'simple'))
        .map(({ directory }) => directory.replicationSecret),
    ]),
  };
}

function global(server: DirectoryServerFacts, copies: readonly Copy[], proxies: boolean): LdifRecord {
  // The id of a server that takes no writes would stand for another one's: changes under it are left out.
  const writes = copies.some(({ replica: { role } }) => role === 'supplier' || role === 'mirror');
  return entry('cn=config', [
    ['objectClass', 'olcGlobal'],
    ['cn', 'config'],
    ...(writes && server.serverId !== undefined ? ([['olcServerID', String(server.serverId)]] as const) : []),
    ...PROCESS_FILES,
    ['olcLogLevel', 'none'],
    // Only what the entry of a proxy says counts, not what those say whom it names.
    ...(proxies ? ([['olcAuthzPolicy', 'to']] as const) : []),
    ...TLS_SETTINGS,
  ]);
}

/**
 * Anyone may ask who is master, and whether a database is open and takes writes: other servers, load balancers and status
 * need it. The administrator of its suffix may change that, from any machine (F23), and whom it follows. The log of changes
 * is opened with its directory.
 */
function configRules(databases: readonly OpenLdapDatabase[]): readonly string[] {
  const all = databases.flatMap((one) =>
    one.kind === 'data' ? [quotedName(administratorOf(one.copy.directory))] : [],
  );
  return databases.flatMap((database) => {
    if (database.kind !== 'data' && database.kind !== 'changes') return [];
    const { copy, name } = database;
    const own = quotedName(administratorOf(copy.directory));
    const root = `by dn.exact="${LOCAL_ROOT}" manage`;
    if (database.kind === 'changes') {
      return [
        `to dn.exact="${name}" attrs=olcRestrict ${root} by dn.exact=${own} write by * read`,
        `to dn.exact="${name}" attrs=entry ${root} by * read`,
      ];
    }
    const others = all
      .filter((one) => one !== own)
      .map((one) => ` by dn.exact=${one} read`)
      .join('');
    return [
      `to dn.exact="${name}" attrs=olcReadOnly,olcRestrict,olcUpdateRef ${root} by dn.exact=${own} write by * read`,
      `to dn.exact="${name}" attrs=olcSyncrepl,olcMultiProvider ${root} by dn.exact=${own} write${others} by * none`,
      `to dn.exact="${name}" attrs=entry,olcSuffix ${root} by * read`,
    ];
  });
}
