const TOP_LEVEL: ReadonlySet<string> = new Set(['global', 'common', 'resource']);

const LEAF: ReadonlySet<string> = new Set();

const HOST_SECTIONS: ReadonlySet<string> = new Set(['volume', 'disk', 'net', 'options', 'proxy']);

/** Sections that a section may hold, by keyword; a keyword that is not listed is unknown and may hold anything. */
const HOLDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['global', LEAF],
  ['startup', LEAF],
  ['syncer', LEAF],
  ['disk', LEAF],
  ['net', LEAF],
  ['options', LEAF],
  ['handlers', LEAF],
  ['plugin', LEAF],
  ['common', new Set(['startup', 'syncer', 'disk', 'net', 'options', 'handlers', 'proxy'])],
  [
    'resource',
    new Set([
      ...['startup', 'syncer', 'disk', 'net', 'options', 'handlers', 'proxy', 'volume'],
      ...['on', 'floating', 'stacked-on-top-of', '_this_host', '_remote_host', 'connection', 'connection-mesh'],
    ]),
  ],
  ['on', HOST_SECTIONS],
  ['floating', HOST_SECTIONS],
  ['stacked-on-top-of', HOST_SECTIONS],
  ['_this_host', HOST_SECTIONS],
  ['_remote_host', HOST_SECTIONS],
  ['volume', new Set(['disk'])],
  ['proxy', new Set(['plugin'])],
  ['connection', new Set(['net', 'disk', 'volume', 'path', 'proxy', '_this_host', '_remote_host', 'options'])],
  ['connection-mesh', new Set(['net', 'disk', 'options'])],
  ['path', new Set(['proxy', '_this_host', '_remote_host'])],
]);

/** Keywords that are always followed by a brace; `disk`, `proxy` and others also name options. */
const NEVER_AN_OPTION: ReadonlySet<string> = new Set([
  ...TOP_LEVEL,
  ...['on', 'floating', 'stacked-on-top-of', 'startup', 'syncer', 'net', 'handlers', 'connection', 'connection-mesh'],
]);

/** Sections that need at least one argument. */
const NAMED: ReadonlySet<string> = new Set(['resource', 'on', 'volume', 'floating', 'stacked-on-top-of']);

/** True for keywords of sections that stand at the outermost level and nowhere else. */
export const isTopLevelSection = (keyword: string): boolean => TOP_LEVEL.has(keyword);

/** True for keywords of sections that drbd.conf(5) of some generation knows. */
export const isKnownSection = (keyword: string): boolean => HOLDS.has(keyword);

export const isNeverAnOption = (keyword: string): boolean => NEVER_AN_OPTION.has(keyword);

export const needsName = (keyword: string): boolean => NAMED.has(keyword);

/**
 * True when a section may stand directly in another one; `undefined` is the outermost level. Unknown sections may
 * stand anywhere: they are named to the user, but tell nothing about braces.
 */
export function mayHold(parent: string | undefined, child: string): boolean {
  if (TOP_LEVEL.has(child)) return parent === undefined;
  if (!HOLDS.has(child)) return true;
  if (parent === undefined) return false;
  return HOLDS.get(parent)?.has(child) ?? true;
}
