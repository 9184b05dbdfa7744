import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** X5: every host of a balancer can carry its address. */
export const addressInterface: Rule = {
  id: 'balancer/address-interface',
  severity: 'error',
  requirements: ['X5', 'X16'],
  title: 'Every host of a load balancer has an interface in the network of its address.',
  rationale: 'Without the interface keepalived cannot add the address, and the second balancer does not take over.',
  check: (topology) =>
    topology.loadBalancers.flatMap(({ path, address, balancer }) =>
      balancer.kind === 'external'
        ? []
        : balancer.hosts
            .map((host) => lookup(topology).host(host))
            .filter(({ interfaces }) => !interfaces.some(({ network }) => network === address.network))
            .map(({ name }) => ({
              path,
              problem: `host ${name} has no interface in the network of the address`,
              value: address.network,
              remedy: 'give the host an interface there',
              property: 'address',
            })),
    ),
};
