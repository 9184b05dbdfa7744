import { duplicates } from '../../collections';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R8: one agreement from one server to another. */
export const uniqueAgreement: Rule = {
  id: 'replication/unique-agreement',
  severity: 'error',
  requirements: ['R8'],
  title: 'There is one agreement from a supplier to a consumer of a directory.',
  rationale: 'Two that send the same do the work twice, and two that differ undo what the other one did.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return duplicates(topology.replicationAgreements, ({ directory, supplier, consumer }) => {
      const from = graph.supplierOf(supplier);
      return from === undefined ? undefined : `${directory} ${from} ${consumer}`;
    }).flatMap(({ first, others }) =>
      others.map(({ path, consumer }) => ({
        path,
        problem: `${graph.server(consumer).name} gets the directory from this supplier already`,
        value: first.path,
        remedy: 'remove one of them',
      })),
    );
  },
};
