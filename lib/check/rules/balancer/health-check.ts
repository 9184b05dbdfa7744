import type { Rule } from '../../rule';

/** E33: a health check that sees a hang. */
export const healthCheck: Rule = {
  id: 'balancer/health-check',
  severity: 'warning',
  requirements: ['E33', 'S3'],
  title: 'Health checks wait for an answer of the service itself.',
  rationale:
    'The kernel opens a connection for a process that is stopped or hangs. A check of the port alone calls it healthy, and its share of clients waits for ever.',
  check: ({ loadBalancers }) =>
    loadBalancers.flatMap(({ path, services }) =>
      services
        .filter(({ healthCheck }) => healthCheck.kind === 'connect')
        .map(({ kind, port, healthCheck }) => ({
          path,
          problem: `the health check of ${kind} on port ${port} misses a server that hangs`,
          value: healthCheck.kind,
          remedy: kind === 'mail' ? "use 'smtp'" : "use 'ldap', or 'ldap-role' for writes",
          property: 'healthCheck',
        })),
    ),
};
