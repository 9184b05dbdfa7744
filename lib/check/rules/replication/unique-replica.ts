import { duplicates } from '../../collections';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R1, R3: a server holds one copy of a directory, in one role. */
export const uniqueReplica: Rule = {
  id: 'replication/unique-replica',
  severity: 'error',
  requirements: ['R1', 'R3'],
  title: 'A server has one role for a directory.',
  rationale:
    'A directory is one database of a server: it is read-write or read-only, a member of one group or of none.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories.flatMap(({ id, name }) =>
      duplicates(graph.replicasOf(id), ({ server }) => server).flatMap(({ key, first, others }) =>
        others.map(({ path, role }) => ({
          path,
          problem: `${graph.server(key).name} is ${first.role} of directory ${name} already`,
          value: role,
          remedy: 'name each server once for each directory',
        })),
      ),
    );
  },
};
