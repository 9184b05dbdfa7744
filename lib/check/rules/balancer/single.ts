import type { Rule } from '../../rule';

/** E33: a load balancer that is not single. */
export const single: Rule = {
  id: 'balancer/single',
  severity: 'warning',
  requirements: ['E33', 'S3'],
  title: 'A load balancer has a second one that takes over its address.',
  rationale: 'All clients go through it. A single one is lost alone and takes both servers behind it out of reach.',
  check: ({ loadBalancers }) =>
    loadBalancers
      .filter(({ balancer }) => (balancer.kind === 'software' ? balancer.hosts.length : balancer.units) < 2)
      .map(({ path, name, balancer }) => ({
        path,
        problem: 'a single load balancer, with which all services behind it are lost',
        value: name,
        remedy: balancer.kind === 'software' ? 'run it on two hosts' : 'use two units that stand in for each other',
        property: balancer.kind === 'software' ? 'on.hosts' : 'external.units',
      })),
};
