import { replicationGraph } from '../../../topology/replication-graph';
import { sortedUnique } from '../../../topology/order';
import type { Rule } from '../../rule';

/** R44, R45: versions bring schema along. */
export const oneVersion: Rule = {
  id: 'directory/one-version',
  severity: 'warning',
  requirements: ['R44', 'R45'],
  title: 'The servers of a directory run one version.',
  rationale:
    'Each version ships its own schema. A supplier that is older than its consumer sends what the consumer does not allow, and of two suppliers the schema of the one that sent last wins.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories.flatMap(({ id, path, name }) => {
      const servers = graph.replicasOf(id).map(({ server }) => graph.server(server));
      // Different engines are another rule's business.
      if (new Set(servers.map(({ engine }) => engine)).size !== 1) return [];
      const versions = sortedUnique(servers.map(({ version }) => version));
      if (versions.length < 2) return [];
      return [
        {
          path,
          problem: `servers of directory ${name} run different versions`,
          value: versions.join(', '),
          remedy: 'bring all to one version; accept it while they are updated, suppliers first',
          property: 'version',
        },
      ];
    });
  },
};
