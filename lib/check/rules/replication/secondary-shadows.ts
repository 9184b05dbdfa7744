import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** X.525 secondaryShadows: who may pass on what it gets. */
export const secondaryShadows: Rule = {
  id: 'replication/secondary-shadows',
  severity: 'error',
  requirements: ['F19', 'R18'],
  title: 'An agreement that feeds a hub allows secondary shadows.',
  rationale:
    'Neither engine keeps a consumer from passing on what it got. An agreement that forbids it and a hub that does it contradict each other, and one of them is a mistake.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements
      .filter(
        ({ directory, consumer, secondaryShadows: allowed }) =>
          !allowed && graph.replica(directory, consumer)?.role === 'hub',
      )
      .map(({ path, consumer }) => ({
        path,
        problem: 'an agreement without secondary shadows that feeds a hub',
        value: graph.server(consumer).name,
        remedy: 'set secondaryShadows, or make the hub a consumer',
        property: 'secondaryShadows',
      }));
  },
};
