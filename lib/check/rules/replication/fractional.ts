import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R22: a part of the attributes goes to dedicated consumers alone. */
export const fractional: Rule = {
  id: 'replication/fractional',
  severity: 'error',
  requirements: ['R21', 'R22'],
  title: 'Only a consumer that feeds nobody gets a part of the attributes.',
  rationale:
    'A server that lacks attributes and passes entries on, or takes writes, spreads copies without them. 389 Directory Server notices when it connects, not when the agreement is made.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements.flatMap(({ path, attributes, directory, consumer }) => {
      const role = graph.replica(directory, consumer)?.role;
      if (attributes.kind === 'all' || role === 'consumer' || role === undefined) return [];
      return [
        {
          path,
          problem: `${graph.server(consumer).name} is a ${role} and gets a part of the attributes`,
          value: `${attributes.kind} ${attributes.attributes.join(', ')}`,
          remedy: 'replicate all attributes to it, or make it a consumer',
          property: 'excludedAttributes',
        },
      ];
    });
  },
};
