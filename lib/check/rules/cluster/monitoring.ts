import { membersOf } from '../../groups';
import type { Rule } from '../../rule';
import { resourceManager } from '../../resource-manager';

/** E15: Heartbeat in haresources mode watches nodes, not services. */
export const monitoring: Rule = {
  id: 'cluster/monitoring',
  severity: 'warning',
  requirements: ['E15', 'E19'],
  title: 'The services of a cluster are watched.',
  rationale:
    'In haresources mode Heartbeat notices a dead node and nothing else: a crashed or hung service stays down until somebody complains, a failed takeover is not retried, and a primary that lost its disk (on-io-error detach) looks healthy.',
  check: (topology) =>
    topology.clusters
      .filter(
        (cluster) =>
          cluster.monitoring === undefined &&
          resourceManager(cluster) === undefined &&
          membersOf(cluster, 'service').length > 0,
      )
      .map((cluster) => ({
        path: cluster.path,
        problem: 'services are not monitored: the failure of one does not lead to a failover',
        remedy: 'switch monitoring on',
        property: 'monitoring',
      })),
};
