import { commonIsolation } from '../../host-isolation';
import type { Rule } from '../../rule';

/** F6: load balancers do not fail together. */
export const commonFailureDomain: Rule = {
  id: 'balancer/common-failure-domain',
  severity: 'warning',
  requirements: ['F6', 'E33'],
  title: 'The hosts of a load balancer share no rack, hypervisor, only power feed or only switch.',
  rationale: 'What takes down both takes all services behind them out of reach.',
  check: (topology) =>
    topology.loadBalancers.flatMap(({ path, balancer }) =>
      balancer.kind === 'external'
        ? []
        : commonIsolation(topology, balancer.hosts).map(({ id, kind }) => ({
            path,
            problem: `all hosts of the load balancer depend on one ${kind}`,
            value: id,
            remedy: 'move one of them, or give it a second one',
            property: 'on.hosts',
          })),
    ),
};
