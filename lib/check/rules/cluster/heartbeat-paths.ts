import { commonCauseOfLinks, describeLink } from '../../failure-causes';
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
    topology.clusters.flatMap((cluster) => {
      const problem = 'fewer than two independent heartbeat links';
      const remedy = 'add a serial link, or a link over a network with a switch and cards of its own';
      if (cluster.links.length < 2)
        return [
          {
            path: cluster.path,
            problem,
            value: cluster.links.map((link) => describeLink(topology, link)).join(', ') || 'none',
            remedy,
            property: 'links',
          },
        ];
      const shared = commonCauseOfLinks(topology, cluster);
      return shared === undefined
        ? []
        : [{ path: cluster.path, problem, value: `shared: ${shared}`, remedy, property: 'links' }];
    }),
};
