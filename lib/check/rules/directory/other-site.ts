import { lookup } from '../../../topology/lookup';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** F7: what must outlive a site has a copy on another. */
export const otherSite: Rule = {
  id: 'directory/other-site',
  severity: 'error',
  requirements: ['F1', 'F7'],
  title: 'A directory that is to survive the loss of a site has servers on two sites.',
  rationale: 'Disks in arrays, second power supplies and second networks all burn with the building.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories.flatMap(({ id, path, name, purposes }) => {
      const sites = graph.replicasOf(id).map(({ server }) => lookup(topology).host(graph.server(server).host).site);
      if (!purposes.includes('survivability') || new Set(sites).size > 1) return [];
      return [
        {
          path,
          problem: `directory ${name} is to survive the loss of a site and has servers on one`,
          value: sites[0] ?? 'none',
          remedy: 'add a mirror or a supplier on another site, or leave out survivability',
          property: 'purposes',
        },
      ];
    });
  },
};
