import type { Rule } from '../../rule';

/** E32: two suppliers that both take writes through a partition. */
export const twoMasters: Rule = {
  id: 'replication/two-masters',
  severity: 'warning',
  requirements: ['E32', 'Q11', 'Q15', 'Q16', 'R10'],
  title: 'Of two suppliers it is said what they do when they do not hear each other.',
  rationale:
    'Neither can tell a dead peer from a cut line. Both go on to take writes, and where both changed one entry the later change is kept and the other one, which was acknowledged, is lost. One master with a mirror, or a third supplier with a quorum, keeps what was acknowledged.',
  check: ({ multiMasterGroups }) =>
    multiMasterGroups
      .filter(({ suppliers, partitionPolicy }) => suppliers.length === 2 && partitionPolicy === 'available')
      .map(({ path, suppliers }) => ({
        path,
        problem: 'two suppliers that both take writes while they do not hear each other',
        value: suppliers.join(', '),
        remedy: "use a FailoverGroup, or a third supplier and partitionPolicy 'quorum', or accept it",
        property: 'partitionPolicy',
      })),
};
