import type { Rule } from '../../rule';

/** Q6, Q12: what a quorum is on servers that do not lock each other. */
export const quorumIsAGuard: Rule = {
  id: 'multimaster/quorum-is-a-guard',
  severity: 'warning',
  requirements: ['Q6', 'Q7', 'Q12', 'Q14', 'E31'],
  title: 'It is accepted that a quorum of open servers is kept by a guard and not by each write.',
  rationale:
    'M-Vault locks an entry on a majority before it answers. OpenLDAP and 389 Directory Server answer first and replicate then; a guard beside them takes the right to write from a side that does not see a majority. No server takes a lock at another one, so none waits for a lock, in whatever order changes come. In the laboratory a minority took writes for up to 4.2 s after the cut: those may be lost when the sides meet.',
  check: ({ multiMasterGroups }) =>
    multiMasterGroups
      .filter(({ partitionPolicy }) => partitionPolicy === 'quorum')
      .map(({ path, suppliers }) => ({
        path,
        problem: 'writes that a minority acknowledges before the guard notices the cut may be lost',
        value: `${suppliers.length} suppliers`,
        remedy: 'accept it with a reason, or use a FailoverGroup',
        property: 'partitionPolicy',
      })),
};
