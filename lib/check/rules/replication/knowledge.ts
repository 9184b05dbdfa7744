import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** X.525 Knowledge: references that only X.500 servers keep apart from entries. */
export const knowledge: Rule = {
  id: 'replication/knowledge',
  severity: 'warning',
  requirements: ['F19', 'R43'],
  title: 'An agreement asks for no knowledge, where the engine has none to send.',
  rationale:
    'An X.500 server keeps references to others beside its entries and sends them on request. OpenLDAP and 389 Directory Server have referral entries instead, which are replicated like all entries, and database links, which are not replicated at all.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements.flatMap(({ path, consumer, knowledge: asked }) => {
      if (!asked) return [];
      const { name, engine } = graph.server(consumer);
      return [
        {
          path,
          problem: `${name} runs ${engine}, which gets referral entries with the others and no knowledge beside them`,
          value: `${asked.kind}${asked.extended ? ', extended' : ''}`,
          remedy: 'leave it out, and describe links of the consumer as its databaseLinks',
          property: 'knowledge',
        },
      ];
    });
  },
};
