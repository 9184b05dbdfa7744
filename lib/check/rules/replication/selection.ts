import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R21: 389 Directory Server knows what to leave out, not what to keep. */
export const selection: Rule = {
  id: 'replication/selection',
  severity: 'error',
  requirements: ['R21'],
  title: 'Attributes are selected the way the engine knows.',
  rationale:
    'An agreement of 389 Directory Server lists what it leaves out. An attribute that is new in the schema goes to every consumer then, whatever was to be kept.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements.flatMap(({ path, consumer, attributes }) =>
      attributes.kind === 'include' && graph.server(consumer).engine === 'ds389'
        ? [
            {
              path,
              problem: `${graph.server(consumer).name} runs ds389, which knows no list of attributes that are replicated`,
              value: attributes.attributes.join(', '),
              remedy: 'list those that are left out as excludedAttributes',
              property: 'includedAttributes',
            },
          ]
        : [],
    );
  },
};
