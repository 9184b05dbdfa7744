import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** F4: no two products speak the same replication protocol. */
export const oneEngine: Rule = {
  id: 'replication/one-engine',
  severity: 'error',
  requirements: ['F4', 'R8'],
  title: 'Both ends of an agreement run the same software.',
  rationale:
    'DISP of X.500 is the only replication protocol that is a standard, and neither OpenLDAP nor 389 Directory Server speaks it: one cannot feed the other.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements.flatMap(({ path, supplier, consumer }) => {
      const to = graph.server(consumer);
      const other = graph
        .suppliersOf(supplier)
        .map((id) => graph.server(id))
        .find(({ engine }) => engine !== to.engine);
      return other === undefined
        ? []
        : [
            {
              path,
              problem: `${other.name} runs ${other.engine} and can not feed ${to.name}`,
              value: to.engine,
              remedy: 'use one engine for all servers of a directory',
              property: 'consumer',
            },
          ];
    });
  },
};
