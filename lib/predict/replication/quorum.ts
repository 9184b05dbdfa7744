/** Servers that must take part in every write: a strict majority (Q12). */
export const quorumOf = (servers: number): number => Math.floor(servers / 2) + 1;

/** Servers that may be lost while the others still take writes (Q13). */
export const toleratedLosses = (servers: number): number => servers - quorumOf(servers);

/** The least time of a write that locks an entry everywhere and changes it then: two rounds to the slowest (Q6). */
export const lockedWriteTime = (roundTripTimes: readonly number[]): number => 2 * Math.max(0, ...roundTripTimes);
