import type { Rule } from '../../rule';

/** F16, E29: an automatic switch is said to be wanted, and nothing here carries it out. */
export const automaticDecision: Rule = {
  id: 'replication/automatic-decision',
  severity: 'warning',
  requirements: ['F16', 'Q4', 'E29'],
  title: 'A person decides about the switch of a failover group.',
  rationale:
    'A dead master and a cut line look the same from outside, and a switch in the second case makes two masters. Nothing that Tandem deploys switches a failover group by itself, so that the group waits for a person whatever is written.',
  check: ({ failoverGroups }) =>
    failoverGroups
      .filter(({ decision }) => decision === 'automatic')
      .map(({ path, name }) => ({
        path,
        problem: 'a failover group that is to switch by itself, which nothing here does',
        value: name,
        remedy: "use a MultiMasterGroup where nobody can be asked, or decision 'operator'",
        property: 'decision',
      })),
};
