import { lookup } from '../../../topology/lookup';
import { mailGraph } from '../../../topology/mail-graph';
import type { Rule } from '../../rule';

/** S5, S6, S8: look-ups go on without one of the two hosts. */
export const directoryLookup: Rule = {
  id: 'mail/directory-lookup',
  severity: 'error',
  requirements: ['S5', 'S6', 'S8'],
  title: 'A pair that is configured by a directory finds a copy of it after the loss of either of its hosts.',
  rationale: 'Without a copy the survivor knows no recipient: it takes over the queue and can deliver nothing of it.',
  check: (topology) => {
    const graph = mailGraph(topology);
    return topology.mailPairs.flatMap((pair) => {
      const { configuration } = pair;
      if (configuration.kind !== 'directory') return [];
      return graph
        .hostsOf(pair)
        .filter((lost) =>
          graph
            .serversOf(pair)
            .filter(({ host }) => host !== lost)
            .some((server) => graph.lookupServers(server, configuration).every(({ host }) => host === lost)),
        )
        .map((lost) => ({
          path: pair.path,
          problem: `without this host no copy of directory ${configuration.directory} is left`,
          value: lookup(topology).host(lost).name,
          remedy: 'put a mirror or a consumer on the other host',
          property: 'configuration',
        }));
    });
  },
};
