import { lookup } from '../../../topology/lookup';
import { mailGraph } from '../../../topology/mail-graph';
import type { Rule } from '../../rule';

/** S9: a disaster-recovery site has a directory of its own. */
export const directory: Rule = {
  id: 'recovery/directory',
  severity: 'error',
  requirements: ['F7', 'S9', 'S5'],
  title: 'Pairs of a disaster-recovery site that are configured by a directory have a copy of it on the site.',
  rationale: 'With the primary site lost they would know no recipient.',
  check: (topology) => {
    const graph = mailGraph(topology);
    return topology.disasterRecoverySites.flatMap(({ site, mailPairs }) =>
      mailPairs.map(graph.pair).flatMap((pair) => {
        const { configuration } = pair;
        if (configuration.kind !== 'directory') return [];
        const there = graph
          .serversOf(pair)
          .flatMap((server) => graph.lookupServers(server, configuration))
          .some(({ host }) => lookup(topology).host(host).site === site);
        return there
          ? []
          : [
              {
                path: pair.path,
                problem: `no copy of directory ${configuration.directory} is on the disaster-recovery site`,
                value: site,
                remedy: 'put a mirror there',
                property: 'configuration',
              },
            ];
      }),
    );
  },
};
