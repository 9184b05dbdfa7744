import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule, RuleFinding } from '../../rule';

/** R4, R8: who feeds must have what it sends, and who is fed must be told to hold it. */
export const agreementEnds: Rule = {
  id: 'replication/agreement-ends',
  severity: 'error',
  requirements: ['R3', 'R4', 'R6', 'R8'],
  title: 'An agreement leads from a server that may feed others to another server that holds the directory.',
  rationale:
    'A consumer keeps no log of changes and has nothing to send; a server that does not hold the directory has no place for it.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements.flatMap(({ path, directory, supplier, consumer }): readonly RuleFinding[] => {
      const from = graph.supplierOf(supplier);
      if (from === undefined) return [];
      const found = (problem: string, id: string, remedy: string): readonly RuleFinding[] => [
        { path, problem, value: graph.server(id).name, remedy },
      ];
      const [source, target] = [graph.replica(directory, from), graph.replica(directory, consumer)];
      const { name } = graph.directory(directory);
      if (from === consumer) return found('a server feeds itself', from, 'name two servers');
      if (!source)
        return found(`the supplier does not hold directory ${name}`, from, 'make it a supplier, mirror or hub of it');
      if (source.role === 'consumer') return found('a consumer feeds another server', from, 'make it a hub');
      if (!target) return found(`the consumer does not hold directory ${name}`, consumer, 'make it a consumer of it');
      return [];
    });
  },
};
