import { duplicates } from '../../collections';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** F29: two copies on one host are lost with it. */
export const onePerHost: Rule = {
  id: 'replication/one-per-host',
  severity: 'warning',
  requirements: ['F29', 'R25'],
  title: 'The servers of a directory are on different hosts.',
  rationale: 'A copy on the host of another one adds load and no availability: both are lost together.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories.flatMap(({ id, name }) =>
      duplicates(graph.replicasOf(id), ({ server }) => graph.server(server).host).flatMap(({ key, first, others }) =>
        others
          .filter(({ server }) => server !== first.server)
          .map(({ path, server }) => ({
            path,
            problem: `${graph.server(server).name} and ${graph.server(first.server).name} hold directory ${name} on one host`,
            value: key,
            remedy: 'put one of them on another host',
          })),
      ),
    );
  },
};
