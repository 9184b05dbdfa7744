import { LOG_DAYS } from '../../topology/change-log';
import { administratorOf } from '../../topology/openldap-names';
import type { AttributeSelectionFacts, DirectoryFacts, DirectoryServerFacts } from '../../topology/replication';
import { sortedUnique } from '../../topology/order';
import { entry, LOCAL_ROOT, numbered, passwordRule } from '../slapd/entries';
import type { LdifRecord, LdifValue } from '../slapd/ldif';
import { bytes, distinguishedName, indexValue } from '../slapd/words';
import { quotedName } from './config-words';
import { identityOf, passwordIdentity } from './identities';
import { dataDirectory, logDirectory, logSuffix } from './places';
import type { Copy, Reader } from '../../topology/openldap-copies';
import type { FollowedLines } from './follow';
import { pluginOverlays, pluginsOf, type Plugin } from './plugins';
import { hiddenFrom, joined } from './selection';
import { serverUrl } from './server-url';

const GIBIBYTE = 2 ** 30;

/** A database holds indexes, free pages and what grows: several times what the entries are as text. */
const ROOM = 10;

/**
 * The database of a directory's entries and its overlays, closed: the gate opens it when it may be opened. What replicas
 * send is written all the same (slapd-config(5), olcRestrict and olcReadOnly stop clients alone).
 */
export function dataDatabase(
  copy: Copy,
  server: DirectoryServerFacts,
  dn: string,
  number: number,
  lines: FollowedLines,
): readonly LdifRecord[] {
  const { directory, replica, incoming, writers } = copy;
  const names = readingNames(copy);
  const takesWrites = replica.role === 'supplier' || replica.role === 'mirror';
  const plugins = pluginsOf(copy, server);
  const settings: readonly (readonly [string, LdifValue])[] = [
    ...mdb(number, directory.suffix, dataDirectory(directory), dataSize(directory)),
    ['olcRootDN', administratorOf(directory)],
    ...limits(names),
    ...numbered('olcAccess', [
      ...names.flatMap(({ name, attributes, filters }) => hiddenFrom(name, attributes, filters)),
      `to * by dn.exact="${LOCAL_ROOT}" manage${readBy(names)} by * break`,
      passwordRule(['userPassword', ...(directory.schemas.includes('nis') ? ['shadowLastChange'] : [])]),
      'to * by * read',
    ]),
    ...indexes(directory, plugins).map((index): [string, string] => ['olcDbIndex', index]),
    ...lines.now.map((line): [string, LdifValue] => ['olcSyncrepl', line]),
    // Only a database that reads from another server may be one of several that take writes.
    ...(takesWrites && incoming.length > 0 ? ([['olcMultiProvider', 'TRUE']] as const) : []),
    ...(takesWrites ? ([['olcReadOnly', 'TRUE']] as const) : []),
    ['olcRestrict', 'all'],
    ...(incoming.length > 0 ? writers.map((writer): [string, string] => ['olcUpdateRef', serverUrl(writer)]) : []),
  ];
  return [
    entry(dn, settings, lines.comments),
    ...(copy.readers.length > 0
      ? [
          provider(dn, 0, [
            ['olcSpCheckpoint', '100 10'],
            ['olcSpSessionLog', '10000'],
          ]),
        ]
      : []),
    ...(copy.logged ? [changeLog(dn, directory)] : []),
    ...pluginOverlays(dn, plugins, (copy.readers.length > 0 ? 1 : 0) + (copy.logged ? 1 : 0)),
  ];
}

/**
 * The database that holds the log of a directory's changes, for delta-syncrepl. It is closed as the directory is: who reads
 * it gets all that was written there, also what a master that returns acknowledged alone (F25).
 */
export function logDatabase(copy: Copy, dn: string, number: number): readonly LdifRecord[] {
  const { directory } = copy;
  // It holds all that was written: whoever gets a part of the directory does not read it.
  const names = readingNames(copy).filter(({ delta }) => delta);
  return [
    entry(dn, [
      ...mdb(number, logSuffix(directory), logDirectory(directory), logSize(directory)),
      // The overlay writes under this name; without a password nobody else can.
      ['olcRootDN', logSuffix(directory)],
      ...limits(names),
      ...numbered('olcAccess', [`to * by dn.exact="${LOCAL_ROOT}" read${readBy(names)} by * none`]),
      ['olcDbIndex', 'entryCSN,objectClass,reqDN,reqEnd,reqResult,reqStart eq'],
      ['olcRestrict', 'all'],
    ]),
    provider(dn, 0, [
      ['olcSpNoPresent', 'TRUE'],
      ['olcSpReloadHint', 'TRUE'],
    ]),
  ];
}

/** By this database servers can bind by password. */
export function passwordDatabase(directory: DirectoryFacts, dn: string, number: number): LdifRecord {
  return bindDatabase(passwordIdentity(directory), directory.replicationSecret, dn, number);
}

/** By this database the administrator can bind while the directory is closed. */
export function administratorDatabase(
  directory: DirectoryFacts,
  dn: string,
  number: number,
  secret: string,
): LdifRecord {
  return bindDatabase(administratorOf(directory), secret, dn, number);
}

/**
 * A database without entries, whose root is a name to bind with by password. The name has no more rights in other
 * databases than it is given there.
 */
function bindDatabase(name: string, secret: string, dn: string, number: number): LdifRecord {
  return entry(dn, [
    ['objectClass', 'olcDatabaseConfig'],
    ['objectClass', 'olcNullConfig'],
    ['olcDatabase', `{${number}}null`],
    ['olcSuffix', distinguishedName(name, 'the name of a database')],
    ['olcRootDN', name],
    ['olcRootPW', { hashedSecret: secret }],
    ...numbered('olcAccess', ['to * by anonymous auth by * none']),
  ]);
}

/** What slapd knows of itself (`cn=Monitor`), for the local root and for administrators. */
export function monitorDatabase(directories: readonly DirectoryFacts[], dn: string, number: number): LdifRecord {
  return entry(dn, [
    ['objectClass', 'olcDatabaseConfig'],
    ['objectClass', 'olcMonitorConfig'],
    ['olcDatabase', `{${number}}monitor`],
    ...numbered('olcAccess', [
      `to * by dn.exact="${LOCAL_ROOT}" read${readBy(directories.map((one) => ({ name: quotedName(administratorOf(one)) })))} by * none`,
    ]),
  ]);
}

function mdb(number: number, suffix: string, directory: string, size: number): readonly (readonly [string, string])[] {
  // olcDbNoSync and olcDbEnvFlags stay at their defaults: what was acknowledged is on the disk.
  return [
    ['objectClass', 'olcDatabaseConfig'],
    ['objectClass', 'olcMdbConfig'],
    ['olcDatabase', `{${number}}mdb`],
    ['olcSuffix', distinguishedName(suffix, 'the suffix')],
    ['olcDbDirectory', directory],
    ['olcDbMaxSize', bytes(size)],
  ];
}

/** A name by which servers read a copy; those with a password share one. */
interface ReadingName {
  /** In quotes. */
  readonly name: string;
  readonly attributes: AttributeSelectionFacts;
  readonly filters: readonly string[];
  readonly delta: boolean;
}

/** The names of all readers, each once, sorted. */
function readingNames({ directory, readers }: Copy): readonly ReadingName[] {
  const nameOf = (reader: Reader): string => quotedName(identityOf(directory, reader));
  return sortedUnique(readers.map(nameOf)).map((name) => {
    const own = readers.filter((reader) => nameOf(reader) === name);
    return {
      name,
      attributes: joined(own.map(({ attributes }) => attributes)),
      filters: own.flatMap(({ filter }) => filter ?? []),
      delta: own.some(({ delta }) => delta),
    };
  });
}

/** Readers see everything else, passwords too, and change nothing. */
const readBy = (names: readonly Pick<ReadingName, 'name'>[]): string =>
  names.map(({ name }) => ` by dn.exact=${name} read`).join('');

/** A reader with a limit would get a part and take it for all. */
function limits(names: readonly ReadingName[]): readonly (readonly [string, string])[] {
  return numbered(
    'olcLimits',
    [`"${LOCAL_ROOT}"`, ...names.map(({ name }) => name)].map(
      (name) => `dn.exact=${name} size=unlimited time=unlimited`,
    ),
  );
}

/** What clients look for (B5 of the measurements: 240 times as many look-ups as without). */
function indexes({ schemas }: DirectoryFacts, plugins: readonly Plugin[]): readonly string[] {
  const usual = [
    'uid',
    'mail',
    'cn',
    'sn',
    ...(schemas.includes('nis') ? ['memberUid'] : []),
    'uidNumber',
    'gidNumber',
  ];
  const wanted = [...new Set([...usual, ...plugins.flatMap(({ attributes }) => attributes)])];
  return [
    indexValue({ attributes: ['objectClass', 'entryUUID', 'entryCSN'], types: ['eq'] }),
    indexValue({ attributes: wanted, types: ['eq'] }),
  ];
}

function provider(database: string, number: number, settings: readonly (readonly [string, string])[]): LdifRecord {
  return entry(`olcOverlay={${number}}syncprov,${database}`, [
    ['objectClass', 'olcOverlayConfig'],
    ['objectClass', 'olcSyncProvConfig'],
    ['olcOverlay', `{${number}}syncprov`],
    ...settings,
  ]);
}

function changeLog(database: string, directory: DirectoryFacts): LdifRecord {
  return entry(`olcOverlay={1}accesslog,${database}`, [
    ['objectClass', 'olcOverlayConfig'],
    ['objectClass', 'olcAccessLogConfig'],
    ['olcOverlay', '{1}accesslog'],
    ['olcAccessLogDB', logSuffix(directory)],
    ['olcAccessLogOps', 'writes'],
    ['olcAccessLogSuccess', 'TRUE'],
    ['olcAccessLogPurge', `${String(LOG_DAYS).padStart(2, '0')}+00:00 01+00:00`],
  ]);
}

/** The files are sparse: room costs nothing before it is used, and a full database refuses writes. */
function dataSize({ load }: DirectoryFacts): number {
  return load ? wholeGibibytes(load.entries * load.entrySize * ROOM) : 4 * GIBIBYTE;
}

function logSize({ load }: DirectoryFacts): number {
  return load ? wholeGibibytes(load.entries * load.entrySize * load.dailyChange * LOG_DAYS * ROOM) : 4 * GIBIBYTE;
}

const wholeGibibytes = (size: number): number => Math.max(1, Math.ceil(size / GIBIBYTE)) * GIBIBYTE;
