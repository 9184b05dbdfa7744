import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** X5: one virtual router for each address of a network. */
export const uniqueRouterId: Rule = {
  id: 'balancer/unique-router-id',
  severity: 'error',
  requirements: ['X5'],
  title: 'Load balancers of one network have different virtual router ids.',
  rationale: 'Two with one id take each other for the peer: the one of lower priority gives its address up.',
  check: ({ loadBalancers }) =>
    duplicates(loadBalancers, ({ address, balancer }) =>
      balancer.kind === 'software' ? `${address.network} ${balancer.virtualRouterId}` : undefined,
    ).flatMap(({ key, first, others }) =>
      others.map(({ path }) => ({
        path,
        problem: `load balancer ${first.name} has this virtual router id in the same network`,
        value: key.slice(key.lastIndexOf(' ') + 1),
        remedy: 'choose another one',
        property: 'on.virtualRouterId',
      })),
    ),
};
