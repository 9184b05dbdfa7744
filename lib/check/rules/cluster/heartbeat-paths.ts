import { pairOfCluster } from '../../../topology/mail-cluster';
import { dependentLinks } from '../../dependent-links';
import type { Rule } from '../../rule';

/** X20, E6: two heartbeat links that no single fault cuts. */
export const heartbeatPaths: Rule = {
  id: 'cluster/heartbeat-paths',
  severity: 'error',
  requirements: ['X20', 'E6'],
  title: 'A cluster has two heartbeat links that share no network, switch, interface or card.',
  rationale:
    'With one path, or two that one fault cuts, each node takes the other for dead and both run the services: split brain. A serial line is independent of every network.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) =>
      // Of a mail pair rule mail/heartbeat-paths speaks.
      pairOfCluster(topology, cluster) ? [] : dependentLinks(topology, cluster),
    ),
};
