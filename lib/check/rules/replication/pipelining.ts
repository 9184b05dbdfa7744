import { limitsOf } from '../../../topology/engine-limits';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R24: both ends have to know how to send without waiting. */
export const pipelining: Rule = {
  id: 'replication/pipelining',
  severity: 'warning',
  requirements: ['R23', 'R24'],
  title: 'Both ends of an agreement are known to send updates without waiting for each answer.',
  rationale:
    'With an older end each update waits for the answer to the one before: at 100 ms there and back ten updates a second, 100,000 changes in 2.8 hours.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements.flatMap(({ path, supplier, consumer }) => {
      const old = [...new Set([...graph.suppliersOf(supplier), consumer])]
        .map((id) => graph.server(id))
        .find(({ engine, version }) => limitsOf(engine, version) === undefined);
      if (!old) return [];
      return [
        {
          path,
          problem: `${old.name} is older than what is known to send without waiting`,
          value: `${old.engine} ${old.version}`,
          remedy: 'use a newer version at both ends, or accept one update for each round trip',
          property: 'version',
        },
      ];
    });
  },
};
