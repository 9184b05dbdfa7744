import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** X27: nodes are known by name. */
export const uniqueHostName: Rule = {
  id: 'host/unique-name',
  severity: 'error',
  requirements: ['X27'],
  title: 'A host name is used once.',
  rationale:
    'ha.cf, haresources and drbd.conf know a node by the name that `uname -n` prints; with two of one name each takes itself for the other.',
  check: (topology) =>
    duplicates(topology.hosts, (host) => host.name).flatMap(({ key, first, others }) =>
      others.map((host) => ({
        path: host.path,
        problem: `a host name that ${first.path} already has`,
        value: key,
        remedy: 'choose another name',
        property: 'name',
      })),
    ),
};
