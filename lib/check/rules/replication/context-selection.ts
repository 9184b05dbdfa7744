import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** X.525 contextSelection: values that an LDAP server can not tell apart. */
export const contextSelection: Rule = {
  id: 'replication/context-selection',
  severity: 'error',
  requirements: ['R21'],
  title: 'An agreement selects no values by their context.',
  rationale:
    'OpenLDAP and 389 Directory Server replicate an attribute with all of its values or not at all. The consumer would get values that were to be kept from it.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements.flatMap(({ path, consumer, contextSelection: contexts }) => {
      if (!contexts) return [];
      const { name, engine } = graph.server(consumer);
      return [
        {
          path,
          problem: `${name} runs ${engine}, which gets all values of an attribute`,
          value: contexts.join(', '),
          remedy: 'leave out whole attributes with excludedAttributes',
          property: 'contextSelection',
        },
      ];
    });
  },
};
