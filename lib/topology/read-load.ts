import type { ReadLoadFacts } from './replication';
import type { Milliseconds } from './units';

const HOUR: Milliseconds = 3_600_000;

/** Look-ups of all clients in a day (R34): those of users and those that mail causes. */
export function lookupsPerDay({ users, lookupsPerUser, mails, lookupsPerMail }: ReadLoadFacts): number {
  return users * lookupsPerUser + mails * lookupsPerMail;
}

/** Look-ups a second in the mean of the hours in which they come (R35). */
export function meanReads(load: ReadLoadFacts): number {
  return lookupsPerDay(load) / (load.window / 1000);
}

/** The hours in which people in adjacent time zones work a day: the first zone begins, the last one ends (E22). */
export function workingWindow(workday: Milliseconds, timeZones: number): Milliseconds {
  return workday + (timeZones - 1) * HOUR;
}

/**
 * Servers that carry the peak although some of them are lost (R35, E21).
 * @param spare servers that may be lost at once
 */
export function serversNeeded(load: ReadLoadFacts, spare = 1): number {
  return Math.ceil((meanReads(load) * load.peakFactor) / load.readsPerServer) + spare;
}
