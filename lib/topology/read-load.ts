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

/** Part of the time for which fewer servers than are needed may be there: 53 minutes in a year. */
const SHORT_OF = 1e-4;

/** Beyond so many servers a normal distribution is near enough, and quicker to ask. */
const MANY = 10_000;

/**
 * Servers beside the needed ones, so that enough are there nearly all the time: less reliable hardware wants more (R26).
 * Servers are taken to fail each for itself; at least one is spare, as a system has to be updated (E21).
 * @param availability part of the time that one server is there
 */
export function spareServers(needed: number, availability: number): number {
  const lost = 1 - availability;
  if (needed > MANY) return Math.ceil((needed * lost + 4 * Math.sqrt(needed * lost)) / availability);
  // As many are lost as are tried in vain until all that are needed were found: the negative binomial distribution.
  let logarithm = needed * Math.log(availability);
  let reached = Math.exp(logarithm);
  let spare = 0;
  while (reached < 1 - SHORT_OF) {
    spare += 1;
    logarithm += Math.log(((needed + spare - 1) / spare) * lost);
    reached += Math.exp(logarithm);
  }
  return Math.max(1, spare);
}

/**
 * Servers that carry the peak although some of them are lost (R35, E21).
 * @param spare servers that may be lost at once @default - by the availability of a server (R26), or one
 */
export function serversNeeded(load: ReadLoadFacts, spare?: number): number {
  const carrying = Math.ceil((meanReads(load) * load.peakFactor) / load.readsPerServer);
  const { serverAvailability } = load;
  return carrying + (spare ?? (serverAvailability === undefined ? 1 : spareServers(carrying, serverAvailability)));
}
