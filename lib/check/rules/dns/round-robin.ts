import type { Rule } from '../../rule';

/** R29, R37: a name leads somewhere else when a server is lost. */
export const roundRobin: Rule = {
  id: 'dns/round-robin',
  severity: 'warning',
  requirements: ['R29', 'R37'],
  title: 'A name that clients know stands for two servers or more, or for a load balancer.',
  rationale: 'Most clients know one name. If it stands for one server they find nothing while that server is lost.',
  check: ({ dnsZones }) =>
    dnsZones.flatMap(({ path, origin, names }) =>
      names
        .filter(({ hosts, balancers }) => balancers.length === 0 && new Set(hosts).size < 2)
        .map(({ name }) => ({
          path,
          problem: 'a name for one server alone',
          value: `${name}.${origin}`,
          remedy: 'add another server',
          property: 'roundRobin',
        })),
    ),
};
