import { membersOf } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** F8: a master without a mirror has nobody to fail over to. */
export const failoverGroupSize: Rule = {
  id: 'replication/failover-group-size',
  severity: 'error',
  requirements: ['F8', 'F10'],
  title: 'A failover group has a master and at least one mirror, all different.',
  rationale: 'Without a mirror that is complete, the loss of the master is the loss of the directory.',
  check: (topology) =>
    topology.failoverGroups
      .filter((group) => group.mirrors.length === 0 || new Set(membersOf(group)).size <= group.mirrors.length)
      .map((group) => ({
        path: group.path,
        problem: 'a failover group needs a master and one or more other servers as mirrors',
        value: membersOf(group).join(', '),
        remedy: 'name different servers',
        property: 'mirrors',
      })),
};
