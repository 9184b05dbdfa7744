import { between, type Interval } from '../interval';

/**
 * For how long a side without a majority still takes writes. The guard asks every second and stops after two rounds in
 * which it got no majority; a round waits up to a second for silent servers. The cut may come right before such a round,
 * or right after one that was answered.
 */
export const GUARD_WINDOW: Interval = between(1_000, 6_000);
