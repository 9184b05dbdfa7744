import { mailGraph } from '../../../topology/mail-graph';
import { equalShare, peakMessages, workloadOf } from '../../../topology/mail-load';
import type { Rule } from '../../rule';

/** S10: the survivor carries the load of both. */
export const capacity: Rule = {
  id: 'mail/capacity',
  severity: 'error',
  requirements: ['S10', 'S1', 'X6'],
  title: 'Each server of a pair carries the load of both alone.',
  rationale:
    'Both servers work, so each may be loaded to a half of what it carries. Loaded with more, the survivor is too slow for all mail when its peer is lost, and one outage becomes two.',
  check: (topology) =>
    topology.mailPairs.flatMap((pair) => {
      const load = workloadOf(topology, pair);
      if (!load) return [];
      const peak = peakMessages(load);
      return mailGraph(topology)
        .serversOf(pair)
        .filter(({ messagesPerSecond }) => messagesPerSecond !== undefined && messagesPerSecond < peak)
        .map(({ path, name, messagesPerSecond }) => ({
          path,
          problem: `${name} does not carry alone what pair ${pair.name} gets in its busiest second`,
          value: `${messagesPerSecond} messages/s, needed ${Number(peak.toFixed(1))}, its own share ${Number((peak * equalShare(2)).toFixed(1))}`,
          remedy: 'use a larger server, or one more pair in a farm',
          property: 'messagesPerSecond',
        }));
    }),
};
