import type { Rule } from '../../rule';

/** S6: writes reach the master only. */
export const roleAware: Rule = {
  id: 'balancer/role-aware',
  severity: 'error',
  requirements: ['S6', 'F13'],
  title: 'Writes of a directory with a failover group are sent where the database takes writes.',
  rationale:
    'Mirrors answer a bind as the master does and refuse every write. Without a look at the role the balancer sends writes to them.',
  check: ({ loadBalancers, failoverGroups }) =>
    loadBalancers.flatMap(({ path, services }) =>
      services
        .filter(
          (service) =>
            service.kind === 'directory-writes' &&
            service.healthCheck.kind !== 'ldap-role' &&
            failoverGroups.some(({ directory }) => directory === service.directory),
        )
        .map(({ healthCheck }) => ({
          path,
          problem: 'writes are sent to servers without a look at their role',
          value: healthCheck.kind,
          remedy: "use 'ldap-role'",
          property: 'healthCheck',
        })),
    ),
};
