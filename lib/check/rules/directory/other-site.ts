import { lookup } from '../../../topology/lookup';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** F7: what must outlive a site has a member on another. */
export const otherSite: Rule = {
  id: 'directory/other-site',
  severity: 'error',
  requirements: ['F1', 'F7'],
  title: 'A directory that is to survive the loss of a site has servers on two sites, and so has its group.',
  rationale:
    'Disks in arrays, second power supplies and second networks all burn with the building. A consumer elsewhere keeps the data; only a member of the group can go on with the writes.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories.flatMap(({ id, path, name, purposes }) => {
      const members = graph.replicasOf(id).filter(({ group }) => group !== undefined);
      const needed = members.length > 0 ? members : graph.replicasOf(id);
      const sites = needed.map(({ server }) => lookup(topology).host(graph.server(server).host).site);
      if (!purposes.includes('survivability') || new Set(sites).size > 1) return [];
      return [
        {
          path,
          problem: `directory ${name} is to survive the loss of a site and has ${members.length > 0 ? 'all members of its group' : 'all servers'} on one`,
          value: sites[0] ?? 'none',
          remedy: 'add a mirror or a supplier on another site, or leave out survivability',
          property: 'purposes',
        },
      ];
    });
  },
};
