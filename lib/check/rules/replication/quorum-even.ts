import type { Rule } from '../../rule';

/** Q13: an even number of suppliers survives no more than the odd one below it. */
export const quorumEven: Rule = {
  id: 'replication/quorum-even',
  severity: 'warning',
  requirements: ['Q12', 'Q13'],
  title: 'A quorum is of an odd number of suppliers.',
  rationale:
    'Three of four must take part in every write, as two of three must: the fourth server is one more that can be lost and makes each write wait for one more answer.',
  check: (topology) =>
    topology.multiMasterGroups
      .filter(
        ({ partitionPolicy, suppliers }) =>
          partitionPolicy === 'quorum' && suppliers.length > 3 && suppliers.length % 2 === 0,
      )
      .map(({ path, suppliers: { length } }) => ({
        path,
        problem: `a quorum that survives the loss of ${length / 2 - 1}, as one of ${length - 1} suppliers does`,
        value: `${length} suppliers`,
        remedy: `make one of them a consumer, or use ${length + 1}`,
        property: 'suppliers',
      })),
};
