import type { Rule } from '../../rule';

/** F20: what DISP knows and LDAP does not. */
export const nameOnly: Rule = {
  id: 'replication/name-only',
  severity: 'error',
  requirements: ['F20'],
  title: 'No agreement relies on a name alone.',
  rationale:
    'LDAP has no authentication by name alone: both engines take such a replica for an anonymous client, which gets no passwords, and a part of large directories.',
  check: ({ failoverGroups, multiMasterGroups, replicationAgreements }) =>
    [...failoverGroups, ...multiMasterGroups, ...replicationAgreements]
      .filter(({ authentication }) => authentication === 'name-only')
      .map(({ path, authentication }) => ({
        path,
        problem: 'replicas that say a name and prove nothing, which no engine here knows',
        value: authentication,
        remedy: "use 'strong'",
        property: 'authentication',
      })),
};
