import { ldapsUrl } from '../../../topology/ldaps-url';
import type {
  DirectoryFacts,
  DirectoryServerFacts,
  FailoverGroupFacts,
  ReplicaRole,
} from '../../../topology/replication';
import { membersOf } from '../../../topology/replication-graph';
import type { ConstructPath, EntityId } from '../../../topology/units';
import { isSamePart, wholeOf, type Copy } from '../copies';
import { contextOf, isEqual, lagsOf, newestOf, type Lag } from '../csn';
import { serverAt } from '../database';
import type { ContentDigest } from '../content';
import type { DumpStatus } from './dumps';
import type { CopyLook } from './look';

/**
 * What a server is now. `second master`: takes writes while the others name another one (F25). `returned master`: it was
 * master before and is closed, for the others have another one. `closed`: answers nobody until it may. `unknown`: it runs,
 * and does not show its database.
 */
export type RoleNow =
  | 'master'
  | 'second master'
  | 'returned master'
  | 'mirror'
  | 'supplier'
  | 'read-only supplier'
  | 'hub'
  | 'consumer'
  | 'closed'
  | 'unreachable'
  | 'unknown';

/** How the content of a copy compares with that of the copy that takes writes. */
export type ContentState = 'reference' | 'equal' | 'different' | 'busy' | 'not comparable' | 'not read';

/** A copy of a directory as it is. */
export interface CopyStatus {
  readonly server: string;
  readonly declared: 'master' | 'mirror' | 'supplier' | 'hub' | 'consumer' | 'retiring';
  readonly now: RoleNow;
  readonly takesWrites: boolean;
  /** Whom it takes for the master or writer: names of servers. */
  readonly names: readonly string[];
  /** Whom it reads from; absent where that was not seen. */
  readonly follows?: readonly string[];
  /** Absent where its context is not seen. */
  readonly lag?: readonly Lag[];
  readonly changesBehind?: number;
  readonly content: ContentState;
  readonly entries?: number;
  readonly schema?: string;
  readonly certificateDays?: number;
  readonly look: CopyLook;
}

/** All copies of a directory. */
export interface DirectoryStatus {
  readonly directory: string;
  readonly path: ConstructPath;
  readonly suffix: string;
  /** Names of servers that take writes. */
  readonly writers: readonly string[];
  readonly copies: readonly CopyStatus[];
  /** Its regular dumps, where somebody looked for them. */
  readonly dumps: readonly DumpStatus[];
}

/** Judges the copies of a directory together. Pure. */
export function directoryStatus(
  directory: DirectoryFacts,
  copies: readonly Copy[],
  group: FailoverGroupFacts | undefined,
  looks: readonly CopyLook[],
  time: Date,
  dumps: readonly DumpStatus[] = [],
): DirectoryStatus {
  const servers = copies.map(({ server }) => server);
  const own = copies.flatMap((copy) => {
    const look = looks.find((one) => one.directory === directory.id && one.server === copy.server.id);
    return look ? [{ copy, look }] : [];
  });
  const open = own.filter(({ copy, look }) => takesWrites(copy.replica.role, look));
  const master = group && namedMaster(servers, group, own);
  const newest = newestOf(own.map(({ look }) => contextOf(look.context ?? [])));
  const reference = referenceOf(directory, own, master);
  return {
    directory: directory.name,
    path: directory.path,
    suffix: directory.suffix,
    writers: open.map(({ look }) => look.name),
    dumps,
    copies: own.map(({ copy, look }) => {
      const content = contentState(copy, look, reference);
      const context = contextOf(look.context ?? [], copy.server.serverId);
      return {
        server: look.name,
        declared: declaredRole(copy, group),
        now: roleNow(copy, look, group, master, open.length),
        takesWrites: takesWrites(copy.replica.role, look),
        names: (look.database?.updateRefs ?? []).map((url) => serverAt(servers, url)?.name ?? url),
        ...(look.database?.providers
          ? { follows: look.database.providers.map((url) => serverAt(servers, url)?.name ?? url) }
          : {}),
        ...(look.context === undefined ? {} : { lag: lagsOf(context, newest) }),
        ...(look.changesBehind === undefined ? {} : { changesBehind: look.changesBehind }),
        content,
        ...entriesOf(copy, look),
        ...(look.schema === undefined ? {} : { schema: look.schema }),
        ...(look.certificateEnds === undefined
          ? {}
          : { certificateDays: Math.floor((Date.parse(look.certificateEnds) - time.getTime()) / 86_400_000) }),
        look,
      };
    }),
  };
}

interface Seen {
  readonly copy: Copy;
  readonly look: CopyLook;
}

export function takesWrites(role: ReplicaRole, { database }: CopyLook): boolean {
  return (role === 'supplier' || role === 'mirror') && database !== undefined && !database.closed && !database.readOnly;
}

function declaredRole({ replica, server }: Copy, group: FailoverGroupFacts | undefined): CopyStatus['declared'] {
  if (replica.retiring) return 'retiring';
  if (group?.master === server.id) return 'master';
  return replica.role;
}

/**
 * The member that most members name; of two that are named equally often the one that takes writes and that of the
 * topology come first. Undefined where nobody names one.
 */
export function namedMaster(
  servers: readonly DirectoryServerFacts[],
  group: FailoverGroupFacts,
  seen: readonly Seen[],
): EntityId | undefined {
  const members = membersOf(group);
  const votes = new Map<EntityId, number>();
  for (const { copy, look } of seen) {
    const named = serverAt(servers, look.database?.updateRefs[0])?.id;
    if (named === undefined || !members.includes(named) || look.database?.closed) continue;
    const weight = members.includes(copy.server.id) ? 1000 : 1;
    votes.set(named, (votes.get(named) ?? 0) + weight);
  }
  const open = seen.filter(
    ({ copy, look }) => members.includes(copy.server.id) && takesWrites(copy.replica.role, look),
  );
  const rank = (id: EntityId): readonly number[] => [
    votes.get(id) ?? 0,
    Number(open.some(({ copy }) => copy.server.id === id)),
    Number(group.master === id),
  ];
  const named = members.filter((id) => votes.has(id) || open.some(({ copy }) => copy.server.id === id));
  return [...named].sort((a, b) => compareRanks(rank(b), rank(a)))[0];
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((value, at) => value !== other[at]);
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}

function roleNow(
  { replica: { role }, server }: Copy,
  look: CopyLook,
  group: FailoverGroupFacts | undefined,
  master: EntityId | undefined,
  writers: number,
): RoleNow {
  if (look.unreached !== undefined) return 'unreachable';
  if (!look.database) return 'unknown';
  const member = group && membersOf(group).includes(server.id);
  if (look.database.closed) {
    const claims = look.database.updateRefs.length === 0 || look.database.updateRefs[0] === ldapsUrl(server);
    return member && claims && master !== undefined && master !== server.id && writers > 0
      ? 'returned master'
      : 'closed';
  }
  if (!member) {
    if (role === 'supplier') return look.database.readOnly ? 'read-only supplier' : 'supplier';
    return role === 'hub' || role === 'consumer' ? role : 'unknown';
  }
  if (look.database.readOnly) return 'mirror';
  return master === undefined || master === server.id ? 'master' : 'second master';
}

/** The copy that others are compared with. */
interface Reference {
  readonly server: DirectoryServerFacts;
  readonly look: CopyLook;
}

/** What contents are compared with: the master, else the first copy of the whole whose content was read. */
function referenceOf(
  directory: DirectoryFacts,
  seen: readonly Seen[],
  master: EntityId | undefined,
): Reference | undefined {
  const whole = seen.filter(
    ({ copy, look }) => copy.part && isSamePart(copy.part, wholeOf(directory)) && look.content !== undefined,
  );
  const found = whole.find(({ copy }) => copy.server.id === master) ?? whole[0];
  return found && { server: found.copy.server, look: found.look };
}

function contentState({ part, server }: Copy, look: CopyLook, reference: Reference | undefined): ContentState {
  if (!part) return 'not comparable';
  if (!look.content || !reference) return 'not read';
  if (reference.server.id === server.id) return 'reference';
  const of = ({ content = [] }: CopyLook): ContentDigest | undefined =>
    content.find((one) => isSamePart(one.part, part));
  const [own, other] = [of(look), of(reference.look)];
  if (!own || !other) return 'not read';
  if (own.digest === other.digest) return 'equal';
  // What is on its way is no difference.
  const equalContext = isEqual(
    contextOf(look.context ?? [], server.serverId),
    contextOf(reference.look.context ?? [], reference.server.serverId),
  );
  return look.busy || reference.look.busy || !equalContext ? 'busy' : 'different';
}

function entriesOf({ part }: Copy, { content = [] }: CopyLook): { readonly entries?: number } {
  const own = part && content.find((one) => isSamePart(one.part, part));
  return own ? { entries: own.entries } : {};
}
