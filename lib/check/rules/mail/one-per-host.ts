import { lookup } from '../../../topology/lookup';
import { duplicates } from '../../collections';
import { groupsOf } from '../../groups';
import type { Rule } from '../../rule';

/** F29: a host carries one mail server. */
export const onePerHost: Rule = {
  id: 'mail/one-per-host',
  severity: 'error',
  requirements: ['F29', 'S3'],
  title: 'No host carries two mail servers, or one beside the Postfix of a cluster.',
  rationale: 'Two servers on one host are lost together, and the second one cannot open port 25.',
  check: (topology) => {
    const clustered = groupsOf(topology).flatMap(({ cluster, group }) =>
      lookup(topology)
        .servicesOf(group)
        .filter(({ settings }) => settings.kind === 'postfix')
        .flatMap(({ id, path }) => cluster.nodes.map((host) => ({ id, path, host }))),
    );
    return duplicates([...clustered, ...topology.mailServers], ({ host }) => host).flatMap(({ key, first, others }) =>
      others
        .filter(({ id }) => id !== first.id)
        .map(({ path }) => ({
          path,
          problem: `the host carries ${first.id} too`,
          value: lookup(topology).host(key).name,
          remedy: 'use another host',
          property: 'host',
        })),
    );
  },
};
