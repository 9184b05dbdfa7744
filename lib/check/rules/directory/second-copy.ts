import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R25, R37: at least one more copy. */
export const secondCopy: Rule = {
  id: 'directory/second-copy',
  severity: 'warning',
  requirements: ['R25', 'R37'],
  title: 'A directory is held by two servers or more.',
  rationale: 'With one server nothing answers while it is lost, or while its system is updated.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories
      .filter(({ id }) => graph.replicasOf(id).length < 2)
      .map(({ id, path, name }) => ({
        path,
        problem: `directory ${name} has fewer than two servers`,
        value: String(graph.replicasOf(id).length),
        remedy: 'add a consumer or a mirror on another host',
      }));
  },
};
