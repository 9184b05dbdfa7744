/** A change sequence number of OpenLDAP: when a change was made, and by which server. */
export interface Csn {
  readonly text: string;
  /** Unix time in seconds, with a fraction. */
  readonly time: number;
  /** Id of the server that took the change. */
  readonly serverId: number;
}

/** The newest change of each server id that a copy holds: its `contextCSN`. */
export interface Context extends ReadonlyMap<number, Csn> {
  /** Id of the server that holds the copy, where it has one. */
  readonly own?: number;
}

/** How far a copy is behind for one server id. */
export interface Lag {
  readonly serverId: number;
  /** Between the newest change that it holds and the newest that any copy holds. */
  readonly seconds: number;
  /** It holds none at all. */
  readonly none: boolean;
}

const PATTERN = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{6})Z#[0-9a-f]{6}#([0-9a-f]{3})#[0-9a-f]{6}$/;

/** Undefined where it is none. */
export function parseCsn(text: string): Csn | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second, micro] = match.slice(1, 8).map(Number) as [
    ...[number, number, number, number, number, number, number],
  ];
  const time = Date.UTC(year, month - 1, day, hour, minute, second) / 1000 + micro / 1e6;
  return { text, time, serverId: Number.parseInt(match[8] as string, 16) };
}

/**
 * The values of `contextCSN`.
 * @param own id of the server that holds them
 */
export function contextOf(values: readonly string[], own?: number): Context {
  const newest = newestOf(values.flatMap((text) => parseCsn(text) ?? []).map((csn) => new Map([[csn.serverId, csn]])));
  return own === undefined ? newest : Object.assign(newest, { own });
}

/** The newest change of each server id in any of them. */
export function newestOf(contexts: readonly Context[]): Map<number, Csn> {
  const newest = new Map<number, Csn>();
  for (const csn of contexts.flatMap((one) => [...one.values()])) {
    const known = newest.get(csn.serverId);
    if (!known || isNewer(csn, known)) newest.set(csn.serverId, csn);
  }
  return newest;
}

/** Whether a copy with the one holds everything that the other one has. */
export function holdsAll(context: Context, wanted: Context): boolean {
  return lagsOf(context, wanted).length === 0;
}

/**
 * What a copy lacks of the other one, by server id; empty where it lacks nothing. Where it has nothing of its own id it
 * never took a change: slapd gives the log of changes of a server that starts a number, which only others take over.
 */
export function lagsOf(context: Context, wanted: Context): readonly Lag[] {
  return [...wanted.values()]
    .sort((a, b) => a.serverId - b.serverId)
    .flatMap((csn) => {
      const own = context.get(csn.serverId);
      if (own ? !isNewer(csn, own) : csn.serverId === context.own) return [];
      return [{ serverId: csn.serverId, seconds: own ? csn.time - own.time : 0, none: own === undefined }];
    });
}

/** The same changes on both. */
export function isEqual(one: Context, other: Context): boolean {
  return holdsAll(one, other) && holdsAll(other, one);
}

/** Of one server id: the text has a fixed width, so that it sorts as the changes were made. */
export const isNewer = (one: Csn, other: Csn): boolean => one.text > other.text;
