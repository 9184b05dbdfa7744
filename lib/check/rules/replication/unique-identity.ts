import { comparableName } from '../../../topology/distinguished-name';
import type { FailoverGroupFacts } from '../../../topology/replication';
import { membersOf } from '../../../topology/replication-graph';
import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** F12: every server has its own name, and every group another one. */
export const uniqueIdentity: Rule = {
  id: 'replication/unique-identity',
  severity: 'error',
  requirements: ['F12', 'F21', 'F22', 'E26'],
  title: 'Identities of servers and of failover groups are all different.',
  rationale:
    'The identity of a server says who speaks, that of a group that whoever is master speaks. Who bears the name of another one is taken for it, and gets its rights.',
  check: ({ directoryServers, failoverGroups }) =>
    duplicates([...directoryServers, ...distinct(failoverGroups)], ({ identity }) => comparableName(identity)).flatMap(
      ({ first, others }) =>
        others.map(({ path, identity }) => ({
          path,
          problem: `the identity belongs to ${first.name} already`,
          value: identity,
          remedy: 'give each server and each group an identity of its own',
          property: 'identity',
        })),
    ),
};

/** Servers that form a group for several directories may be one group to others: then one of these stands for all. */
function distinct(groups: readonly FailoverGroupFacts[]): readonly FailoverGroupFacts[] {
  const key = (group: FailoverGroupFacts): string =>
    JSON.stringify([comparableName(group.identity), [...membersOf(group)].sort()]);
  return [...new Map([...groups].reverse().map((group) => [key(group), group])).values()].reverse();
}
