import { lookup } from '../../../topology/lookup';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** F1, R37, R38: who replicates for local access has a copy in every place. */
export const localAccess: Rule = {
  id: 'directory/local-access',
  severity: 'warning',
  requirements: ['F1', 'R37', 'R38'],
  title: 'A directory that is replicated for local access has a server on every site with hosts.',
  rationale: 'Clients of a site without a copy ask over the line, and get no answer while it is cut.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    const sites = [...new Set(topology.hosts.map(({ site }) => site))];
    return topology.directories
      .filter(({ purposes }) => purposes.includes('local-access'))
      .flatMap(({ id, path, name }) => {
        const served = graph.replicasOf(id).map(({ server }) => lookup(topology).host(graph.server(server).host).site);
        return sites
          .filter((site) => !served.includes(site))
          .map((site) => ({
            path,
            problem: `directory ${name} is replicated for local access and has no server on a site`,
            value: site,
            remedy: 'add a Consumer there, or leave out local-access',
            property: 'purposes',
          }));
      });
  },
};
