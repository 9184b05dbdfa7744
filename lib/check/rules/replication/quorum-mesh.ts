import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** Q5: every master is connected to every other one. */
export const quorumMesh: Rule = {
  id: 'replication/quorum-mesh',
  severity: 'error',
  requirements: ['Q5', 'Q12', 'R14'],
  title: 'Suppliers under a quorum feed each other directly.',
  rationale:
    'A majority that hears each other but is fed by way of a lost server takes writes and no longer gets those of its own side: the quorum would promise what it does not keep.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.multiMasterGroups
      .filter(({ partitionPolicy }) => partitionPolicy === 'quorum')
      .flatMap(({ path, directory, suppliers }) => {
        const fed = new Set(
          graph.agreementsOf(directory).map(({ supplier, consumer }) => `${graph.supplierOf(supplier)} to ${consumer}`),
        );
        const missing = suppliers.flatMap((from) =>
          suppliers.filter((to) => to !== from && !fed.has(`${from} to ${to}`)).map((to) => [from, to] as const),
        );
        if (missing.length === 0) return [];
        return [
          {
            path,
            problem: 'a quorum whose suppliers do not all feed each other directly',
            value: missing.map((ends) => ends.map((id) => graph.server(id).name).join(' to ')).join(', '),
            remedy: "use topology 'mesh', or add the agreements",
            property: 'topology',
          },
        ];
      });
  },
};
