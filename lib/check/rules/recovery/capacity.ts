import { lookup } from '../../../topology/lookup';
import { mailGraph } from '../../../topology/mail-graph';
import { peakMessages } from '../../../topology/mail-load';
import type { Rule } from '../../rule';

/** S10: what is left carries the mail of all. */
export const capacity: Rule = {
  id: 'recovery/capacity',
  severity: 'warning',
  requirements: ['S9', 'S10'],
  title: 'The mail servers that are left without the primary site carry the mail of the whole farm.',
  rationale: 'They get the mail of all sites at once, with what waited at the senders on top.',
  check: (topology) => {
    const graph = mailGraph(topology);
    return topology.disasterRecoverySites.flatMap(({ path, primary }) =>
      topology.mailFarms.flatMap((farm) => {
        const servers = graph.pairsOf(farm).flatMap(graph.serversOf);
        const left = servers.filter(({ host }) => lookup(topology).host(host).site !== primary);
        const carried = left.reduce((sum, { messagesPerSecond }) => sum + (messagesPerSecond ?? Infinity), 0);
        const peak = farm.workload ? peakMessages(farm.workload) : 0;
        return left.length === servers.length || carried >= peak
          ? []
          : [
              {
                path,
                problem: `what is left of farm ${farm.name} without site ${primary} does not carry its busiest second`,
                value: `${carried} messages/s, needed ${Number(peak.toFixed(1))}`,
                remedy: 'add a pair on another site, or accept that mail waits at its senders',
              },
            ];
      }),
    );
  },
};
