import type { Rule } from '../../rule';

/** R49: as few agreements as possible, best one. */
export const windowsSyncCount: Rule = {
  id: 'replication/windows-sync-count',
  severity: 'warning',
  requirements: ['R49'],
  title: 'A deployment has one synchronisation agreement with Windows.',
  rationale:
    'Of several agreements each brings the same change from Windows, and each sends back what the other one brought: entries are made twice and changes go around.',
  check: ({ windowsSyncs: [first, ...others] }) =>
    others.map(({ path, domainController }) => ({
      path,
      problem: `${first?.name} synchronises with Windows already`,
      value: domainController,
      remedy: 'leave the rest to replication, or accept it where the subtrees have nothing in common',
    })),
};
