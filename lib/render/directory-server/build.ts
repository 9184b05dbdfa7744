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
import { chainOverlay, proxiesOf, proxyDatabase, proxyFile } from './chaining';
import { inOrder, linkDatabase } from './database-link';
import { databaseName, dataDatabase, logDatabase, passwordDatabase } from './database';
import { dataDirectory, directoryRoot, logDirectory } from './places';
import { pluginsOf } from './plugins';
import { copiesOf, type Copy } from './replication';
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
  const copies = copiesOf(topology, server);
  const logged = copies.filter((copy) => copy.logged);
  const passwords = copies.filter(({ readers }) => readers.some(({ authentication }) => authentication === 'simple'));
  const links = inOrder(server.databaseLinks);
  const proxies = proxiesOf(copies);
  // A log of changes must be there before the database that writes it, a subordinate suffix before its superior.
  const firstLink = logged.length + 1;
  const firstData = firstLink + links.length;
  const firstPassword = firstData + copies.length;
  const firstProxy = firstPassword + passwords.length;
  const plugins = sortedUnique(copies.flatMap((copy) => pluginsOf(copy, server).map(({ overlay }) => overlay)));
  const lines = (upTo: number): number => copies.slice(0, upTo).reduce((sum, { incoming }) => sum + incoming.length, 0);
  return {
    server,
    records: [
      global(server, copies, proxies.length > 0),
      modules([
        'back_mdb',
        ...(links.length > 0 || copies.some(({ chainsTo }) => chainsTo.length > 0) ? ['back_ldap'] : []),
        ...(passwords.length > 0 ? ['back_null'] : []),
        ...(copies.some(({ readers }) => readers.length > 0) ? ['syncprov'] : []),
        ...(logged.length > 0 ? ['accesslog'] : []),
        ...plugins,
      ]),
      ...schemas(copies.map(({ directory }) => directory)),
      frontend(),
      ...chainOverlay(copies),
      configDatabase(copies.map((_copy, index) => roleRule(firstData + index))),
      ...logged.flatMap((copy, index) => logDatabase(copy, index + 1)),
      ...links.map((link, index) => linkDatabase(link, firstLink + index)),
      ...copies.flatMap((copy, index) => dataDatabase(copy, firstData + index, 1 + lines(index), server)),
      ...passwords.map(({ directory }, index) => passwordDatabase(directory, firstPassword + index)),
      ...proxies.map((proxy, index) => proxyDatabase(proxy, firstProxy + index)),
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
        .filter(({ incoming }) => incoming.some(({ authentication }) => authentication === 'simple'))
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

/** Anyone may ask whether a database takes writes, and nothing else: load balancers and status need it. */
function roleRule(number: number): string {
  return `to dn.exact="${databaseName(number)}" attrs=entry,olcReadOnly by dn.exact="${LOCAL_ROOT}" manage by * read`;
}
