import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R49: who can synchronise with Windows. */
export const windowsSyncServer: Rule = {
  id: 'replication/windows-sync-server',
  severity: 'error',
  requirements: ['R49'],
  title: 'A supplier on 389 Directory Server synchronises with Windows.',
  rationale:
    'OpenLDAP has no such agreement. What comes from the domain is written to the directory, which only a supplier may do.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.windowsSyncs.flatMap(({ path, server, directory }) => {
      const { name, engine } = graph.server(server);
      const role = graph.replica(directory, server)?.role;
      const finding = (problem: string, remedy: string): ReturnType<Rule['check']> => [
        { path, problem, value: name, remedy, property: 'server' },
      ];
      if (engine !== 'ds389')
        return finding(`${engine} knows no synchronisation with Windows`, 'name a server of 389 Directory Server');
      if (role !== 'supplier')
        return finding(
          `the server is ${role === undefined ? 'none of the directory' : `a ${role}`} and may not write what comes from Windows`,
          'name a supplier',
        );
      return [];
    });
  },
};
