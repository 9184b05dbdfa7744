import type { DirectoryLoadFacts, ReadLoadFacts } from '../../topology/replication';
import type { Bytes } from '../../topology/units';
import { lookupsPerDay } from '../../topology/read-load';

/** Entries that change in a day (R31). */
export function changesPerDay({ entries, dailyChange }: DirectoryLoadFacts): number {
  return entries * dailyChange;
}

/**
 * What one agreement sends in a day (R31), without what the protocol adds.
 * @param share part of an entry that is replicated, 0 to 1: less than 1 for fractional replication (R21)
 */
export function volumePerDay(load: DirectoryLoadFacts, share = 1): Bytes {
  return changesPerDay(load) * load.entrySize * share;
}

/** What a local replica costs the line to a site, and what it saves (R31). */
export interface LocalReplica {
  /** Bytes a day that replication brings. */
  readonly replication: Bytes;
  /** Bytes a day that look-ups over the line would take. */
  readonly lookups: Bytes;
  /** The line carries less with the replica. Local answers while the line is cut are worth something of their own. */
  readonly worthwhile: boolean;
}

/**
 * Whether a local replica takes load off a line.
 * @param clients those of the site; one look-up brings one entry (R30)
 */
export function localReplica(load: DirectoryLoadFacts, clients: ReadLoadFacts): LocalReplica {
  const [replication, lookups] = [volumePerDay(load), lookupsPerDay(clients) * load.entrySize];
  return { replication, lookups, worthwhile: replication < lookups };
}
