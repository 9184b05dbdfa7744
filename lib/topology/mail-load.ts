import type { MailPairFacts, MailWorkloadFacts } from './mail';
import { mailGraph } from './mail-graph';
import type { Topology } from './topology';
import type { BytesPerSecond } from './units';

/** Messages a second in the mean of the hours in which they come. */
export const meanMessages = ({ messagesPerDay, window }: MailWorkloadFacts): number => messagesPerDay / (window / 1000);

/** Messages in the busiest second. */
export const peakMessages = (load: MailWorkloadFacts): number => meanMessages(load) * load.peakFactor;

/** Look-ups a second in the mean (R34, R35). */
export const meanLookups = (load: MailWorkloadFacts): number => meanMessages(load) * load.lookupsPerMessage;

/** Look-ups in the busiest second. */
export const peakLookups = (load: MailWorkloadFacts): number => meanLookups(load) * load.peakFactor;

/** What leaves in the busiest second, each recipient being sent a copy; undefined where the size is not known. */
export const peakVolume = (load: MailWorkloadFacts): BytesPerSecond | undefined =>
  load.messageSize === undefined ? undefined : peakMessages(load) * load.messageSize * load.recipients;

/** The part of all mail that each of some servers gets: equal shares (S3). */
export const equalShare = (servers: number): number => 1 / servers;

/**
 * The part of what it carries that a server may be loaded with for ever, so that it can take on the loads of others:
 * a half in a pair (S10).
 * @param servers that share the load
 * @param lost of them at once
 */
export const sustainedShare = (servers: number, lost = 1): number => (servers - lost) / servers;

/** What a pair is expected to carry: what is said of it, else its equal share of a farm's mail. */
export function workloadOf(topology: Topology, pair: MailPairFacts): MailWorkloadFacts | undefined {
  if (pair.workload) return pair.workload;
  const farm = mailGraph(topology)
    .farmsOf(pair)
    .find(({ workload }) => workload !== undefined);
  return farm?.workload && { ...farm.workload, messagesPerDay: farm.workload.messagesPerDay / farm.pairs.length };
}
