import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R5: who asks for updates is fixed in each engine. */
export const initiator: Rule = {
  id: 'replication/initiator',
  severity: 'warning',
  requirements: ['R5', 'R9'],
  title: 'Updates are asked for by the side that the engine knows.',
  rationale:
    'In 389 Directory Server the supplier sends. In OpenLDAP the consumer asks, keeps the connection open and gets changes at once, whatever the agreement calls it: what is said to be on change by the supplier works all the same.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements
      .filter(
        ({ consumer, updateMode }) => graph.server(consumer).engine === 'ds389' && updateMode.initiator === 'consumer',
      )
      .map(({ path, consumer }) => ({
        path,
        problem: `${graph.server(consumer).name} is to ask for updates, and 389 Directory Server can not: the supplier sends them in the same windows`,
        value: 'consumer',
        remedy: 'leave the initiator to the supplier',
        property: 'updateMode',
      }));
  },
};
