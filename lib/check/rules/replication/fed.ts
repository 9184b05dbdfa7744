import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R4: what is not a supplier gets its content from somewhere. */
export const fed: Rule = {
  id: 'replication/fed',
  severity: 'error',
  requirements: ['R4', 'R8', 'R13'],
  title: 'Every server of a directory can be reached by the changes of every supplier.',
  rationale:
    'A server to which no chain of agreements leads stays as it was when it was filled, and answers with that.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories.flatMap(({ id }) => {
      const replicas = graph.replicasOf(id);
      const next = new Map<string, string[]>();
      for (const { supplier, consumer } of graph.agreementsOf(id)) {
        const from = graph.supplierOf(supplier);
        if (from !== undefined) next.set(from, [...(next.get(from) ?? []), consumer]);
      }
      return replicas
        .filter(({ role }) => role === 'supplier')
        .flatMap(({ server: start }) => {
          const reached = new Set([start]);
          for (const at of reached) for (const to of next.get(at) ?? []) reached.add(to);
          return replicas
            .filter(({ server }) => !reached.has(server))
            .map(({ path, server }) => ({
              path,
              problem: `changes made on ${graph.server(start).name} do not reach ${graph.server(server).name}`,
              value: graph.server(start).name,
              remedy: 'add an agreement on the way',
            }));
        });
    });
  },
};
