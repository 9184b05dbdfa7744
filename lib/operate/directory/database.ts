import { comparableName } from '../../topology/distinguished-name';
import { ldapsUrl } from '../../topology/ldaps-url';
import type { DirectoryServerFacts } from '../../topology/replication';
import { valuesOf, type LdapEntry, type LdapSession } from '../ldap/session';
import type { Copy } from './copies';

/** The database of a directory as `cn=config` of its server shows it (slapd-config(5)). */
export interface DatabaseState {
  readonly dn: string;
  /** `olcReadOnly`. */
  readonly readOnly: boolean;
  /** `olcRestrict: all`: it answers nobody. */
  readonly closed: boolean;
  /** `olcUpdateRef`: who takes writes, as it believes; a master names itself. */
  readonly updateRefs: readonly string[];
  /** Addresses of the servers that it reads from, of `olcSyncrepl`; absent: seen by the administrator alone. */
  readonly providers?: readonly string[];
}

const ATTRIBUTES = ['olcSuffix', 'olcReadOnly', 'olcRestrict', 'olcUpdateRef'];

/** Databases that a server of this library has for a directory at most: entries, log of changes, passwords, administrator. */
const DATABASES_OF_DIRECTORY = 4;

/**
 * The database of a directory. Its name is asked of the server itself: the stack may have changed since the server got its
 * configuration.
 * @returns undefined where the server does not have it, or does not show it
 */
export async function findDatabase(
  session: LdapSession,
  { directory: { suffix }, directories }: Pick<Copy, 'directory' | 'directories'>,
): Promise<DatabaseState | undefined> {
  // Nobody but the administrator may list cn=config; each database that is known by name shows a few attributes.
  const numbers = Array.from({ length: DATABASES_OF_DIRECTORY * directories + 1 }, (_, index) => index + 1);
  const found = await Promise.all(
    numbers.map((number) =>
      session.search({
        base: `olcDatabase={${number}}mdb,cn=config`,
        scope: 'base',
        filter: '(olcSuffix=*)',
        attributes: ATTRIBUTES,
      }),
    ),
  );
  const entry = found
    .flat()
    .find((one) => valuesOf(one, 'olcSuffix').some((value) => comparableName(value) === comparableName(suffix)));
  if (!entry) return undefined;
  const [shown] = await session.search({
    base: entry.dn,
    scope: 'base',
    filter: '(olcSuffix=*)',
    attributes: [...ATTRIBUTES, 'objectClass', 'olcSyncrepl'],
  });
  return shown && databaseOf(shown);
}

/** The suffix of the log of changes of a database, for delta-syncrepl; undefined where it has none. */
export async function logSuffixOf(session: LdapSession, { dn }: DatabaseState): Promise<string | undefined> {
  const [overlay] = await session.search({
    base: dn,
    scope: 'one',
    filter: '(objectClass=olcAccessLogConfig)',
    attributes: ['olcAccessLogDB'],
  });
  return valuesOf(overlay, 'olcAccessLogDB')[0];
}

/** The name in `cn=config` of the log of changes of a database, where there is one that is closed. */
export async function closedLog(session: LdapSession, database: DatabaseState): Promise<string | undefined> {
  const suffix = await logSuffixOf(session, database);
  if (suffix === undefined) return undefined;
  const databases = await session.search({
    base: 'cn=config',
    scope: 'one',
    filter: '(&(objectClass=olcMdbConfig)(olcRestrict=all))',
    attributes: ['olcSuffix'],
  });
  return databases.find((one) =>
    valuesOf(one, 'olcSuffix').some((value) => comparableName(value) === comparableName(suffix)),
  )?.dn;
}

/** What an entry of `cn=config` says. */
export function databaseOf(entry: LdapEntry): DatabaseState {
  // Who may not see all attributes does not see the class either.
  const complete = valuesOf(entry, 'objectClass').length > 0;
  return {
    dn: entry.dn,
    readOnly: valuesOf(entry, 'olcReadOnly')[0]?.toUpperCase() === 'TRUE',
    closed: valuesOf(entry, 'olcRestrict').some((value) => value.toLowerCase() === 'all'),
    updateRefs: valuesOf(entry, 'olcUpdateRef').map(plainUrl),
    ...(complete ? { providers: valuesOf(entry, 'olcSyncrepl').flatMap((line) => providerOf(line) ?? []) } : {}),
  };
}

/** A URL without its slash at the end and the usual port. */
export function plainUrl(url: string): string {
  const match = /^(ldaps?):\/\/([^/:]+)(?::(\d+))?\/?$/i.exec(url);
  if (!match) return url;
  const [, scheme = '', host = '', port] = match;
  const usual = scheme.toLowerCase() === 'ldaps' ? '636' : '389';
  return `${scheme.toLowerCase()}://${host.toLowerCase()}${port === undefined || port === usual ? '' : `:${port}`}`;
}

/** The server that a URL stands for. */
export function serverAt(
  servers: readonly DirectoryServerFacts[],
  url: string | undefined,
): DirectoryServerFacts | undefined {
  return url === undefined ? undefined : servers.find((server) => ldapsUrl(server) === plainUrl(url));
}

const PROVIDER = /(^|\s)provider=("?)([^\s"]+)\2/i;

/** The address that a value of `olcSyncrepl` reads from. */
export function providerOf(line: string): string | undefined {
  const url = PROVIDER.exec(line)?.[3];
  return url === undefined ? undefined : plainUrl(url);
}

/** The same line for another provider: who it is, what it reads and its password stay. */
export function withProvider(line: string, url: string): string {
  return line.replace(/^\{\d+\}/, '').replace(PROVIDER, (_all, before: string) => `${before}provider=${url}`);
}
