import { limitsOf } from '../../../topology/engine-limits';
import { duplicates } from '../../collections';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** Every change carries the id of the server that made it. */
export const serverId: Rule = {
  id: 'replication/server-id',
  severity: 'error',
  requirements: ['R6', 'R11'],
  title: 'Ids of servers that take writes are different and in the range of their engine.',
  rationale:
    'The id stands in the number of every change. Two servers with one id take the changes of the other for their own and leave them out; 0 is for a single master (ITS#8635).',
  check: (topology) => {
    const graph = replicationGraph(topology);
    const writing = new Set(topology.directories.flatMap(({ id }) => graph.writersOf(id)).map(({ server }) => server));
    return topology.directories.flatMap(({ id: directory }) => {
      // OpenLDAP has one id for all directories of a server: it shows the one it writes with to those it only reads, too.
      const marked = graph
        .replicasOf(directory)
        .filter(
          (replica) =>
            graph.writersOf(directory).includes(replica) ||
            (graph.server(replica.server).engine === 'openldap' && writing.has(replica.server)),
        );
      const writers = marked.map((replica) => {
        const server = graph.server(replica.server);
        return { replica, server, number: server.engine === 'ds389' ? replica.replicaId : server.serverId };
      });
      const outside = writers.flatMap(({ replica: { path }, server, number }) => {
        const [least, most] = limitsOf(server.engine, server.version)?.supplierIds ?? [1, 0];
        if (number !== undefined && number >= least && number <= most) return [];
        const problem = `${server.name} takes writes and has no id from ${least} to ${most}`;
        return [{ path, problem, value: String(number ?? 'none'), remedy: 'give one', property: 'serverId' }];
      });
      const twice = duplicates(writers, ({ server, number }) =>
        number === undefined ? undefined : `${server.engine} ${number}`,
      ).flatMap(({ first, others }) =>
        others
          .filter(({ server }) => server !== first.server)
          .map(({ replica: { path }, server, number }) => ({
            path,
            problem: `${server.name} has the id of ${first.server.name}`,
            value: String(number),
            remedy: 'give each server an id of its own',
            property: 'serverId',
          })),
      );
      return [...outside, ...twice];
    });
  },
};
