import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R27: replication is not a backup. */
export const backup: Rule = {
  id: 'directory/backup',
  severity: 'warning',
  requirements: ['R27', 'X10', 'X11'],
  title: 'A directory is dumped regularly, by a server that holds all of it.',
  rationale:
    'A subtree that is deleted by mistake is deleted on every server within a second. Only a dump brings it back.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    const whole = topology.directoryBackups.filter(({ directory, server }) =>
      graph
        .agreementsOf(directory)
        .filter(({ consumer }) => consumer === server)
        .every(({ attributes }) => attributes.kind === 'all'),
    );
    return topology.directories
      .filter(({ id }) => !whole.some(({ directory, server }) => directory === id && graph.replica(id, server)))
      .map(({ path, name }) => ({
        path,
        problem: 'a directory that nothing dumps as a whole',
        value: name,
        remedy: 'add a DirectoryBackup by a server that holds all attributes',
      }));
  },
};
