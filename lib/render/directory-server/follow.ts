import type { DirectoryServerFacts } from '../../topology/replication';
import type { Copy, Feed } from '../../topology/openldap-copies';
import type { LdifValue } from '../slapd/ldif';
import { serverUrl } from './server-url';
import { syncreplLine } from './syncrepl';

/** The lines by which a database reads from other servers. */
export interface FollowedLines {
  /** Values of `olcSyncrepl` at first. */
  readonly now: readonly LdifValue[];
  /** Comments of its entry: what the scripts of the server must know of it, see `COMMENTS`. */
  readonly comments: readonly LdifValue[];
}

/**
 * Comments that the scripts read. `tandem-role member URL`: it is this member of a failover group; `tandem-role follower`:
 * it follows the master of one. `tandem-line DATABASE MASTER LINE`: a value of `olcSyncrepl`; while that server is master,
 * or always with `-`.
 */
export const COMMENTS = { role: 'tandem-role', line: 'tandem-line' } as const;

/**
 * The lines of a database. Each has a number of its own, also those that count only after a switch.
 * @param first number of the first one
 */
export function followedLines(
  copy: Copy,
  server: DirectoryServerFacts,
  database: string,
  first: number,
): FollowedLines {
  const lines = copy.possible.map((feed, index) => ({ feed, line: syncreplLine(feed, first + index) }));
  const isNow = (feed: Feed): boolean =>
    copy.incoming.some(({ key, provider }) => key === feed.key && provider.id === feed.provider.id);
  return {
    now: lines.filter(({ feed }) => isNow(feed)).map(({ line }) => line),
    comments: [
      ...role(copy, server),
      ...lines.map(({ feed, line }) =>
        prefixed(`${COMMENTS.line} ${database} ${feed.ofMaster ? serverUrl(feed.provider) : '-'} `, line),
      ),
    ],
  };
}

function role(copy: Copy, server: DirectoryServerFacts): readonly string[] {
  if (copy.possible.length === 0 || !copy.failover) return [];
  return copy.replica.role === 'supplier' || copy.replica.role === 'mirror'
    ? [`${COMMENTS.role} member ${serverUrl(server)}`]
    : [`${COMMENTS.role} follower`];
}

function prefixed(prefix: string, line: LdifValue): LdifValue {
  if (typeof line === 'string') return `${prefix}${line}`;
  return 'before' in line ? { ...line, before: `${prefix}${line.before}` } : line;
}
