import type { Milliseconds } from './units';

/** Time between two looks for groups that a node claims and does not run. */
export const HANDBACK_INTERVAL: Milliseconds = 5_000;

/** Looks after the first that must find the same before a group is given away: a takeover at work looks alike for a moment. */
export const HANDBACK_ROUNDS = 4;
