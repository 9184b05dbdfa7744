import { lookup } from '../../topology/lookup';
import { sortedUnique } from '../../topology/order';
import type { DirectoryServerFacts } from '../../topology/replication';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { FormatError } from '../format-error';
import type { ShellVariable } from '../shell/variables';
import { configDatabase, defaults, entry, frontend, LOCAL_ROOT, modules, PROCESS_FILES } from '../slapd/entries';
import type { LdifRecord } from '../slapd/ldif';
import { copiesOf, type Copy } from '../../topology/openldap-copies';
import { type OpenLdapDatabase, openLdapDatabases } from '../../topology/openldap-databases';
import { quotedName } from './config-words';
import {
  administratorDatabase,
  administratorOf,
  dataDatabase,
  logDatabase,
  monitorDatabase,
  passwordDatabase,
} from './database';
import { followedLines } from './follow';
import { dataDirectory, directoryRoot, logDirectory } from './places';
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
  const passwords = databases.filter(({ kind }) => kind === 'password');
  const directories = copies.map(({ directory }) => directory);
  const linesBefore = (copy: Copy): number =>
    copies
      .slice(
        0,
        copies.findIndex(({ directory }) => directory.id === copy.directory.id),
      )
      .reduce((sum, { possible }) => sum + possible.length, 0);
  const records = ({ kind, copy, name, number }: OpenLdapDatabase): readonly LdifRecord[] => {
    if (!copy) return [monitorDatabase(directories, name, number)];
    switch (kind) {
      case 'changes':
        return logDatabase(copy, name, number);
      case 'administrator':
        return [administratorDatabase(copy.directory, name, number, server.administratorSecret)];
      case 'password':
        return [passwordDatabase(copy.directory, name, number)];
      default:
        return dataDatabase(copy, name, number, followedLines(copy, server, name, 1 + linesBefore(copy)));
    }
  };
  return {
    server,
    records: [
      global(server, copies),
      modules([
        'back_mdb',
        ...(copies.length > 0 ? ['back_null'] : []),
        ...(copies.some(({ readers }) => readers.length > 0) ? ['syncprov'] : []),
        ...(logged.length > 0 ? ['accesslog'] : []),
      ]),
      ...schemas(directories),
      frontend(),
      configDatabase(configRules(databases), directories.map(administratorOf).map(quotedName)),
      ...databases.flatMap(records),
    ],
    // All addresses of the host: a name of the server may lead to any of them.
    defaults: defaults([`ldap://:${server.port}/`, `ldaps://:${server.tlsPort}/`, 'ldapi:///']),
    databases: copies.flatMap(({ directory, logged: log }) => [
      directoryRoot(directory),
      dataDirectory(directory),
      ...(log ? [logDirectory(directory)] : []),
    ]),
    secrets: sortedUnique([
      ...(copies.length > 0 ? [server.administratorSecret] : []),
      ...passwords.flatMap(({ copy }) => copy?.directory.replicationSecret ?? []),
      ...copies
        .filter(({ possible }) => possible.some(({ authentication }) => authentication === 'simple'))
        .map(({ directory }) => directory.replicationSecret),
    ]),
  };
}

function global(server: DirectoryServerFacts, copies: readonly Copy[]): LdifRecord {
  // The id of a server that takes no writes would stand for another one's: changes under it are left out.
  const writes = copies.some(({ replica: { role } }) => role === 'supplier' || role === 'mirror');
  return entry('cn=config', [
    ['objectClass', 'olcGlobal'],
    ['cn', 'config'],
    ...(writes && server.serverId !== undefined ? ([['olcServerID', String(server.serverId)]] as const) : []),
    ...PROCESS_FILES,
    ['olcLogLevel', 'none'],
    ...TLS_SETTINGS,
  ]);
}

/**
 * Anyone may ask who is master, and whether a database is open and takes writes: other servers, load balancers and status
 * need it. The administrator of its suffix may change that, from any machine (F23), and whom it follows.
 */
function configRules(databases: readonly OpenLdapDatabase[]): readonly string[] {
  const all = databases.flatMap(({ kind, copy }) =>
    kind === 'data' && copy ? [quotedName(administratorOf(copy.directory))] : [],
  );
  return databases.flatMap(({ kind, copy, name }) => {
    if (kind !== 'data' || !copy) return [];
    const own = quotedName(administratorOf(copy.directory));
    const root = `by dn.exact="${LOCAL_ROOT}" manage`;
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
