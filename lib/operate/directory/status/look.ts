import { administratorOf } from '../../../topology/openldap-names';
import type { DirectoryFacts } from '../../../topology/replication';
import type { Topology } from '../../../topology/topology';
import type { EntityId } from '../../../topology/units';
import { LdapError, valuesOf, type LdapEntry, type LdapServers, type LdapSession } from '../../ldap/session';
import type { SecretValues } from '../administrator';
import { compareConfiguration, type ConfigurationDifference } from '../configuration';
import { contentDigest, schemaDigest, type ContentDigest } from '../content';
import { copiesOf, isSamePart, wholeOf, type Copy, type Part } from '../copies';
import { contextOf, isEqual, lagsOf, newestOf } from '../csn';
import { findDatabase, logSuffixOf, type DatabaseState } from '../database';

/** What was seen of the copy of a directory on a server. */
export interface CopyLook {
  readonly directory: EntityId;
  readonly server: EntityId;
  /** Name of the server. */
  readonly name: string;
  /** Why it was not reached; absent: it was. */
  readonly unreached?: string;
  /** Why the administrator was refused, or could not be asked as; absent: asked as the administrator. */
  readonly unknownTo?: string;
  readonly database?: DatabaseState;
  /** Values of `contextCSN`; absent where the copy is closed or shows none. */
  readonly context?: readonly string[];
  /** Digests of the parts that copies of the directory hold; absent where they were not read. */
  readonly content?: readonly ContentDigest[];
  /** The copy changed while it was read, so that its digests say nothing. */
  readonly busy?: boolean;
  readonly schema?: string;
  /** ISO 8601. */
  readonly certificateEnds?: string;
  /** Absent where it was not compared. */
  readonly configuration?: readonly ConfigurationDifference[];
  /** Changes that the copy lacks, counted in the log of one that has them; absent where nobody counted. */
  readonly changesBehind?: number;
}

/** What a look at directories needs. */
export interface DirectoryLookOptions {
  readonly servers: LdapServers;
  readonly secrets: SecretValues;
  /** The rendered `cn=config` of a server; undefined where it is not at hand. */
  readonly rendered: (server: EntityId) => readonly LdapEntry[] | undefined;
  /** Milliseconds for everything that is asked of a server. @default 60000 */
  readonly timeout?: number;
}

/** Changes that are counted at most. */
const COUNTED = 1000;

/** Looks at all copies of all directories at the same time. Nothing is changed. */
export async function lookAtDirectories(
  topology: Topology,
  options: DirectoryLookOptions,
): Promise<readonly CopyLook[]> {
  const looks = topology.directories.map((directory) => lookAtDirectory(topology, directory, options));
  return (await Promise.all(looks)).flat();
}

/** Looks at all copies of a directory. */
export async function lookAtDirectory(
  topology: Topology,
  directory: DirectoryFacts,
  options: DirectoryLookOptions,
): Promise<readonly CopyLook[]> {
  const copies = copiesOf(topology, directory);
  const parts = copies
    .flatMap(({ part }) => part ?? [])
    .filter((part, index, all) => all.findIndex((one) => isSamePart(one, part)) === index);
  const looks = await Promise.all(
    copies.map((copy) => withinTime(copy, options, (note) => lookAtCopy(copy, parts, options, note))),
  );
  return withChanges(directory, looks, copies, options);
}

/** What was seen before the time was over counts. */
async function withinTime(
  copy: Copy,
  { timeout = 60_000 }: DirectoryLookOptions,
  look: (note: (seen: Partial<CopyLook>) => void) => Promise<void>,
): Promise<CopyLook> {
  const { directory, server } = copy;
  let seen: Partial<CopyLook> = { unreached: `no answer within ${timeout / 1000} s` };
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  const time = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeout)));
  const looked = look((more) => {
    if (!over) seen = { ...seen, ...more };
  });
  try {
    await Promise.race([looked, time]);
  } catch (error) {
    if (!(error instanceof LdapError)) throw error;
    seen = { ...seen, ...(seen.unreached === undefined ? {} : { unreached: error.message }) };
  } finally {
    over = true;
    clearTimeout(timer);
    looked.catch(() => undefined);
  }
  return { directory: directory.id, server: server.id, name: server.name, ...seen };
}

async function lookAtCopy(
  copy: Copy,
  parts: readonly Part[],
  { servers, secrets, rendered }: DirectoryLookOptions,
  note: (seen: Partial<CopyLook>) => void,
): Promise<void> {
  const { directory, server } = copy;
  const session = await servers.connect(server);
  try {
    note({ unreached: undefined, certificateEnds: session.certificateEnds.toISOString() });
    const unknownTo = await bound(session, directory, secrets(server.administratorSecret), server.administratorSecret);
    note({ unknownTo });
    const database = await findDatabase(session, copy);
    note({ database, schema: await schemaDigest(session) });
    if (unknownTo === undefined) {
      const expected = rendered(server.id);
      if (expected) note({ configuration: compareConfiguration(expected, await configurationOf(session)) });
    }
    const before = await contextValues(session, copy);
    note({ context: before });
    if (unknownTo !== undefined || before === undefined || !copy.part) return;
    // Copies of the whole are what copies of a part are compared with.
    const wanted = isSamePart(copy.part, wholeOf(directory)) ? parts : [copy.part];
    const content: ContentDigest[] = [];
    for (const part of wanted) content.push(await contentDigest(session, part));
    const after = await contextValues(session, copy);
    note({ content, busy: !isEqual(contextOf(before), contextOf(after ?? [])) });
  } finally {
    await session.close();
  }
}

/** Why the administrator was refused; undefined where he was not. */
async function bound(
  session: LdapSession,
  directory: DirectoryFacts,
  password: string | undefined,
  secret: string,
): Promise<string | undefined> {
  if (password === undefined) return `secret ${secret} has no value`;
  try {
    await session.bind(administratorOf(directory), password);
    return undefined;
  } catch (error) {
    if (!(error instanceof LdapError) || error.code === undefined) throw error;
    return `the server does not take the password in secret ${secret}`;
  }
}

/** All of `cn=config` but operational attributes. */
export async function configurationOf(session: LdapSession): Promise<readonly LdapEntry[]> {
  return session.search({ base: 'cn=config', scope: 'sub', attributes: ['*'] });
}

/** Undefined where the copy is closed, or shows none. */
async function contextValues(session: LdapSession, { directory, part }: Copy): Promise<readonly string[] | undefined> {
  // The copy of a part has its own beginning, but its context stands at the suffix of the database.
  for (const base of [directory.suffix, ...(part ? [part.base] : [])]) {
    try {
      const [entry] = await session.search({ base, scope: 'base', attributes: ['contextCSN'] });
      const values = valuesOf(entry, 'contextCSN');
      if (values.length > 0) return values;
    } catch (error) {
      if (!(error instanceof LdapError) || error.code === undefined) throw error;
    }
  }
  return undefined;
}

/** Counts what copies lack, in the log of one that has everything. */
async function withChanges(
  directory: DirectoryFacts,
  looks: readonly CopyLook[],
  copies: readonly Copy[],
  { servers, secrets }: DirectoryLookOptions,
): Promise<readonly CopyLook[]> {
  const contexts = looks.map(({ context }, index) => contextOf(context ?? [], copies[index]?.server.serverId));
  const newest = newestOf(contexts);
  const behind = contexts.map((context, index) =>
    looks[index]?.context === undefined ? [] : lagsOf(context, newest).filter(({ none }) => !none),
  );
  if (behind.every((lags) => lags.length === 0)) return looks;
  const at = looks.findIndex(
    ({ context }, index) => context !== undefined && lagsOf(contexts[index] ?? new Map(), newest).length === 0,
  );
  const [source, database] = [copies[at], looks[at]?.database];
  const password = source && secrets(source.server.administratorSecret);
  if (!source || !database || password === undefined) return looks;
  try {
    const session = await servers.connect(source.server);
    try {
      await session.bind(administratorOf(directory), password);
      const log = await logSuffixOf(session, database);
      if (log === undefined) return looks;
      return await Promise.all(
        looks.map(async (look, index) => {
          const lags = behind[index] ?? [];
          if (lags.length === 0) return look;
          const counts = await Promise.all(
            lags.map(({ serverId }) => countChanges(session, log, contexts[index]?.get(serverId)?.text ?? '')),
          );
          const known = counts.every((count) => count !== undefined);
          return known
            ? { ...look, changesBehind: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0) }
            : look;
        }),
      );
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof LdapError)) throw error;
    return looks;
  }
}

/** Changes of the same server id that are later than one; undefined where the log does not tell. */
async function countChanges(session: LdapSession, log: string, csn: string): Promise<number | undefined> {
  const [, , serverId] = csn.split('#');
  const found = await session
    .search({
      base: log,
      scope: 'one',
      filter: `(&(objectClass=auditWriteObject)(reqResult=0)(entryCSN>=${csn}))`,
      attributes: ['entryCSN'],
      limit: COUNTED,
    })
    .catch(() => undefined);
  return found
    ?.flatMap((entry) => valuesOf(entry, 'entryCSN'))
    .filter((one) => one > csn && one.split('#')[2] === serverId).length;
}
