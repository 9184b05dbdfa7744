import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** F12: each server has a name of its own. */
export const uniqueHostname: Rule = {
  id: 'directory/unique-hostname',
  severity: 'error',
  requirements: ['F12'],
  title: 'A host name leads to one directory server.',
  rationale:
    'Replicas find each other by name, and compare it with the certificate. Of two servers with one name each is taken for the other.',
  check: ({ directoryServers }) =>
    duplicates(directoryServers, ({ hostname }) => hostname).flatMap(({ key, first, others }) =>
      others
        .filter(({ host }) => host !== first.host)
        .map(({ path, name }) => ({
          path,
          problem: `${name} has the host name of ${first.name}`,
          value: key,
          remedy: 'give each server a name of its own',
          property: 'hostname',
        })),
    ),
};
