import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R44 to R47: one server on which the schema is changed. */
export const schemaOwner: Rule = {
  id: 'directory/schema-owner',
  severity: 'error',
  requirements: ['R44', 'R45', 'R46', 'R47'],
  title: 'The schema of a directory with several suppliers is changed on a named one of them.',
  rationale:
    'Of two suppliers with different schema the one that sent last wins at every consumer, and entries that fit the other one are refused. A consumer that changes its own schema can no longer be fed.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories.flatMap(({ id, path, name, schemaOwner: owner }) => {
      const suppliers = graph.replicasOf(id).filter(({ role }) => role === 'supplier');
      if (owner === undefined)
        return suppliers.length < 2
          ? []
          : [
              {
                path,
                problem: 'nobody says on which of several suppliers the schema is changed',
                value: name,
                remedy: 'name one as schemaOwner',
                property: 'schemaOwner',
              },
            ];
      const role = graph.replica(id, owner)?.role;
      return role === 'supplier'
        ? []
        : [
            {
              path,
              problem: `the schema is to be changed on a server that is ${role === undefined ? 'none of the directory' : `a ${role}`}`,
              value: graph.server(owner).name,
              remedy: 'name a supplier',
              property: 'schemaOwner',
            },
          ];
    });
  },
};
