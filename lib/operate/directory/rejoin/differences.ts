import { isNewer, type Context } from '../csn';
import { OPERATIONAL, type StoredEntry } from './stored-entries';

/** A change of a master that never reached the others. */
export type LostChange =
  | { readonly kind: 'added'; readonly entry: StoredEntry }
  | { readonly kind: 'changed'; readonly entry: StoredEntry; readonly now: StoredEntry }
  | { readonly kind: 'deleted'; readonly entry: StoredEntry };

/** What a copy is compared by. */
export interface DifferencesProps {
  /** What the master that returned holds. */
  readonly returned: readonly StoredEntry[];
  /** Its server id. */
  readonly serverId: number | undefined;
  /** What the group holds. */
  readonly group: readonly StoredEntry[];
  /** The newest change of each server id that the group has. */
  readonly context: Context;
}

/**
 * What a master that returned has and the group never got (F26). What the group has changed or deleted since is no loss
 * and is left out. Pure.
 */
export function lostChanges({ returned, serverId, group, context }: DifferencesProps): readonly LostChange[] {
  const unsent = ({ csn }: StoredEntry): boolean => {
    const known = csn && context.get(csn.serverId);
    return csn !== undefined && (!known || isNewer(csn, known));
  };
  const there = new Map(group.map((entry) => [entry.uuid, entry]));
  const own = new Map(returned.map((entry) => [entry.uuid, entry]));
  return [
    ...returned.filter(unsent).flatMap((entry): readonly LostChange[] => {
      const now = there.get(entry.uuid);
      return [now ? { kind: 'changed', entry, now } : { kind: 'added', entry }];
    }),
    // It took the change itself, so it had the entry, and has it no more.
    ...group
      .filter(({ uuid, csn }) => csn !== undefined && csn.serverId === serverId && !own.has(uuid))
      .map((entry): LostChange => ({ kind: 'deleted', entry })),
  ];
}

/**
 * LDIF with which lost changes can be brought into the group: entries to add and attributes to replace. Deletions are
 * comments: the group may have used the entry since.
 */
export function lostChangesLdif(changes: readonly LostChange[], heading: readonly string[]): string {
  return [...heading.map((line) => `# ${line}\n`), ...changes.map((change) => `\n${record(change)}`)].join('');
}

function record(change: LostChange): string {
  const { kind, entry } = change;
  if (kind === 'deleted') return `# deleted there, and still in the group\n# dn${entry.dn}\n# changetype: delete\n`;
  if (kind === 'added')
    return [
      `dn${entry.dn}\nchangetype: add\n`,
      ...Object.entries(entry.values)
        .filter(([name]) => !OPERATIONAL.has(name))
        .flatMap(([name, values]) => values.map((value) => `${name}${value}\n`)),
    ].join('');
  const { now } = change;
  const names = [...new Set([...Object.keys(entry.values), ...Object.keys(now.values)])]
    .filter((name) => !OPERATIONAL.has(name))
    .filter((name) => JSON.stringify(entry.values[name]) !== JSON.stringify(now.values[name]));
  const renamed = entry.dn === now.dn ? '' : `# its name there was dn${entry.dn}\n`;
  if (names.length === 0) return `${renamed}# dn${now.dn}: changed there to what it is in the group\n`;
  return [
    `${renamed}dn${now.dn}\nchangetype: modify\n`,
    ...names.map((name) =>
      [`replace: ${name}\n`, ...(entry.values[name] ?? []).map((value) => `${name}${value}\n`), '-\n'].join(''),
    ),
  ].join('');
}
