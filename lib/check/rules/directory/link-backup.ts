import type { Rule } from '../../rule';

/** R43: links are configuration, which nobody replicates. */
export const linkBackup: Rule = {
  id: 'directory/link-backup',
  severity: 'warning',
  requirements: ['R43'],
  title: 'The configuration of every database link is backed up.',
  rationale: 'Replication copies what a database holds; a link holds nothing, so no other server knows it.',
  check: ({ directoryServers }) =>
    directoryServers.flatMap(({ path, name, databaseLinks }) =>
      databaseLinks
        .filter(({ backedUpBy }) => backedUpBy === undefined)
        .map(({ suffix }) => ({
          path,
          problem: `a database link of ${name} that nothing backs up`,
          value: suffix,
          remedy: 'say with backedUpBy what keeps a copy of it',
          property: 'databaseLinks',
        })),
    ),
};
