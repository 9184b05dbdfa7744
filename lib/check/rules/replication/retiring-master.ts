import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** F27: first the master moves, then a server goes. */
export const retiringMaster: Rule = {
  id: 'replication/retiring-master',
  severity: 'error',
  requirements: ['F27'],
  title: 'A member that retires is not master, and one stays that can become it.',
  rationale:
    'A server that is taken away while it takes the writes takes along those that no mirror had yet. Without another member that may become master the group ends with it.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.failoverGroups.flatMap(({ path, directory, master, mirrors }) => {
      const retires = (server: string): boolean => graph.replica(directory, server)?.retiring ?? false;
      if (retires(master))
        return [
          {
            path,
            problem: 'the master of the group is to retire',
            value: graph.server(master).name,
            remedy: 'switch to another member first, and name that one as master',
            property: 'retiring',
          },
        ];
      if (mirrors.length === 0 || !mirrors.every(retires)) return [];
      return [
        {
          path,
          problem: 'all mirrors of the group are to retire',
          value: mirrors.map((id) => graph.server(id).name).join(', '),
          remedy: 'add the mirror that replaces them first',
          property: 'retiring',
        },
      ];
    });
  },
};
