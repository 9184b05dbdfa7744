import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R40: uniqueness is looked after on one server. */
export const uniquenessPlugin: Rule = {
  id: 'replication/uniqueness-plugin',
  severity: 'error',
  requirements: ['R40', 'R42'],
  title: 'No supplier of a multi-master group has the plug-in for unique attributes.',
  rationale:
    'The plug-in looks at its own server. Two suppliers each take the same value at the same time, and both find it to be the only one.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.multiMasterGroups.flatMap(({ path, suppliers }) =>
      suppliers
        .map((id) => graph.server(id))
        .filter(({ plugins }) => plugins.includes('attribute-uniqueness'))
        .map(({ name }) => ({
          path,
          problem: 'a supplier of a multi-master group with the plug-in attribute-uniqueness',
          value: name,
          remedy: 'switch it off, or use a failover group',
          property: 'plugins',
        })),
    );
  },
};
