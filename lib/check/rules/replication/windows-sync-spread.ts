import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R49: multi-master replication spreads what comes from Windows. */
export const windowsSyncSpread: Rule = {
  id: 'replication/windows-sync-spread',
  severity: 'warning',
  requirements: ['R49'],
  title: 'The server that synchronises with Windows is one of several suppliers.',
  rationale:
    'There is one agreement, so there is one server that gets what comes from Windows. Other suppliers make it known everywhere, and one of them can take the agreement over when that server is lost.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.windowsSyncs
      .filter(
        ({ directory, server }) =>
          graph.replica(directory, server)?.role === 'supplier' &&
          !graph.writersOf(directory).some((other) => other.role === 'supplier' && other.server !== server),
      )
      .map(({ path, server }) => ({
        path,
        problem: 'the only supplier synchronises with Windows',
        value: graph.server(server).name,
        remedy: 'make it a member of a MultiMasterGroup',
        property: 'server',
      }));
  },
};
