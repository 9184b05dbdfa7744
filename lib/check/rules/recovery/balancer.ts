import { mailGraph } from '../../../topology/mail-graph';
import type { Rule } from '../../rule';

/** E33: a disaster-recovery site has a load balancer of its own. */
export const balancer: Rule = {
  id: 'recovery/balancer',
  severity: 'error',
  requirements: ['F7', 'E33', 'S9'],
  title: 'Pairs of a disaster-recovery site that are balanced have a load balancer on the site.',
  rationale: 'The servers would work and nobody would reach them.',
  check: (topology) => {
    const graph = mailGraph(topology);
    return topology.disasterRecoverySites.flatMap(({ site, mailPairs }) =>
      mailPairs.map(graph.pair).flatMap((pair) => {
        const balancers = graph.balancersOf(pair);
        return balancers.length === 0 || balancers.some((one) => graph.sitesOfBalancer(one).includes(site))
          ? []
          : [
              {
                path: pair.path,
                problem: 'all load balancers of the pair are on another site than it is to survive on',
                value: balancers.map(({ name }) => name).join(', '),
                remedy: `add a load balancer on site ${site}`,
              },
            ];
      }),
    );
  },
};
