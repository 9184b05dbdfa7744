import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R41: one supplier keeps references. */
export const referentialIntegrity: Rule = {
  id: 'replication/referential-integrity',
  severity: 'error',
  requirements: ['R41', 'R42'],
  title: 'At most one server of a directory has the plug-in for referential integrity, and that is a supplier.',
  rationale:
    'It removes references to entries that are gone, and what it does is replicated. Two of them do it twice, in another order; a consumer may not write at all.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories.flatMap(({ id }) => {
      const having = graph
        .replicasOf(id)
        .filter(({ server }) => graph.server(server).plugins.includes('referential-integrity'));
      const writers = having.filter(({ role }) => role === 'supplier');
      return having
        .filter((replica) => replica.role !== 'supplier' || replica !== writers[0])
        .map(({ path, server, role }) => ({
          path,
          problem:
            role === 'supplier'
              ? 'another supplier has the plug-in referential-integrity already'
              : `a ${role} with the plug-in referential-integrity`,
          value: graph.server(server).name,
          remedy: 'switch it on at exactly one supplier',
          property: 'plugins',
        }));
    });
  },
};
