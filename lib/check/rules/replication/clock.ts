import { lookup } from '../../../topology/lookup';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R11: the later change wins, by the clocks of those who took it. */
export const clock: Rule = {
  id: 'replication/clock',
  severity: 'warning',
  requirements: ['R11', 'E28'],
  title: 'All servers that take writes of a directory, or may come to, keep their clocks by time servers.',
  rationale:
    'Every change carries the time of the server that took it, and of two changes of one entry the later one is kept. A supplier whose clock is ahead wins over newer changes; a mirror whose clock is behind takes writes, after a switch, that the others find too old.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories.flatMap(({ id, path, name }) => {
      const writers = graph.writersOf(id).map(({ server }) => graph.server(server));
      const adrift = writers.filter(({ host }) => lookup(topology).host(host).timeServers.length === 0);
      if (writers.length < 2 || adrift.length === 0) return [];
      return [
        {
          path,
          problem: `servers that take writes of directory ${name} have clocks that nothing sets`,
          value: adrift.map((server) => server.name).join(', '),
          remedy: 'name time servers of their hosts',
          property: 'timeServers',
        },
      ];
    });
  },
};
