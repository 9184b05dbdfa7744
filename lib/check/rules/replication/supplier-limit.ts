import { limitsOf } from '../../../topology/engine-limits';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R15: how many suppliers an engine knows. */
export const supplierLimit: Rule = {
  id: 'replication/supplier-limit',
  severity: 'error',
  requirements: ['R15'],
  title: 'A directory has no more suppliers than each of their engines knows.',
  rationale:
    'The document allows four suppliers; versions since know twenty. What an engine was not made for it refuses, or replicates wrongly.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.multiMasterGroups.flatMap(({ path, suppliers }) => {
      const least = suppliers
        .map((id) => graph.server(id))
        .map((server) => ({ server, limits: limitsOf(server.engine, server.version) }))
        .sort((a, b) => (a.limits?.suppliers ?? 0) - (b.limits?.suppliers ?? 0))[0];
      if (!least || suppliers.length <= (least.limits?.suppliers ?? 0)) return [];
      const { server, limits } = least;
      return [
        {
          path,
          problem: limits
            ? `${server.engine} ${server.version} knows ${limits.suppliers} suppliers of a directory`
            : `nothing is known of ${server.engine} ${server.version}`,
          value: `${suppliers.length}`,
          remedy: limits ? 'make some of them consumers, or use a newer version' : 'use a newer version',
          property: 'suppliers',
        },
      ];
    });
  },
};
