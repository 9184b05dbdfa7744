import { clusterOfPair } from '../../../topology/mail-cluster';
import type { Rule } from '../../rule';

/** S4: Heartbeat does not ask. */
export const operatorTakeover: Rule = {
  id: 'mail/operator-takeover',
  severity: 'error',
  requirements: ['S4', 'F16'],
  title: 'Queues on DRBD, SAN or NFS are taken over without an operator.',
  rationale:
    'Such a pair is a Heartbeat cluster, which resets a server that is silent for deadtime and takes over its queue. It asks nobody, so that an operator who is to decide is never asked.',
  check: (topology) =>
    topology.mailPairs
      .filter((pair) => pair.takeover.decision === 'operator' && clusterOfPair(topology, pair) !== undefined)
      .map(({ path, takeover }) => ({
        path,
        problem: 'Heartbeat takes over the queue of a lost server by itself',
        value: takeover.decision,
        remedy: "leave takeover at 'automatic', or raise deadtime so that an operator comes first",
        property: 'takeover',
      })),
};
