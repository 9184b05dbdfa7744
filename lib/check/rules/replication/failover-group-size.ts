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
      .filter(({ master, mirrors }) => mirrors.length === 0 || new Set([master, ...mirrors]).size <= mirrors.length)
      .map(({ path, master, mirrors }) => ({
        path,
        problem: 'a failover group needs a master and one or more other servers as mirrors',
        value: [master, ...mirrors].join(', '),
        remedy: 'name different servers',
        property: 'mirrors',
      })),
};
