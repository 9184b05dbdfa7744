import type { Rule } from '../../rule';

/** Q12: a strict majority. */
const majority = (size: number): number => Math.floor(size / 2) + 1;

/** Q13: two suppliers under a quorum survive nothing. */
export const quorumSize: Rule = {
  id: 'replication/quorum-size',
  severity: 'error',
  requirements: ['Q12', 'Q13', 'E32'],
  title: 'A quorum is of three or more suppliers.',
  rationale:
    'A strict majority of two is two: with either of them lost nobody takes a write, so that two servers are away more often than one.',
  check: (topology) =>
    topology.multiMasterGroups
      .filter(({ partitionPolicy, suppliers }) => partitionPolicy === 'quorum' && suppliers.length < 3)
      .map(({ path, suppliers }) => ({
        path,
        problem: `a quorum of ${majority(suppliers.length)} that the loss of any server breaks`,
        value: `${suppliers.length} suppliers`,
        remedy: 'use 3 suppliers, of which 1 may be lost, or 5, of which 2 may be; or make it a failover group',
        property: 'suppliers',
      })),
};
