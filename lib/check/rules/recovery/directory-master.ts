import { lookup } from '../../../topology/lookup';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** S7: somebody there can become master. */
export const directoryMaster: Rule = {
  id: 'recovery/directory-master',
  severity: 'warning',
  requirements: ['S7', 'S9', 'F7'],
  title: 'Directories of a disaster-recovery site have a server there that takes writes, or can come to.',
  rationale:
    'A consumer answers and refuses every change: passwords, recipients and lists stay as they are until the primary site is back.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.disasterRecoverySites.flatMap(({ path, site, directoryServers }) =>
      topology.directories
        .filter(({ id }) => graph.replicasOf(id).some(({ server }) => directoryServers.includes(server)))
        .filter(
          ({ id }) =>
            !graph
              .writersOf(id)
              .some(
                ({ server, retiring }) => !retiring && lookup(topology).host(graph.server(server).host).site === site,
              ),
        )
        .map(({ name }) => ({
          path,
          problem: `no server on site ${site} can take writes of the directory`,
          value: name,
          remedy: 'make one of them a mirror of the failover group',
          property: 'directoryServers',
        })),
    );
  },
};
