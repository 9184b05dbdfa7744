import type { Milliseconds } from './units';

/** Times of what looks after a pair of mail servers in containers, whole seconds. */
export const MAIL_WATCH_TIMES = {
  /** Between two looks while the peer answers. */
  interval: 2000,
  /** The same while it is silent. */
  silentInterval: 1000,
  /** A peer that has not greeted by then is silent. */
  greeting: 3000,
} as const satisfies Readonly<Record<string, Milliseconds>>;
