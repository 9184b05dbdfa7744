import { isWithin } from '../../../topology/chaining';
import { comparableName } from '../../../topology/distinguished-name';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R43: a link is a subtree of its own. */
export const linkSuffix: Rule = {
  id: 'directory/link-suffix',
  severity: 'error',
  requirements: ['R43'],
  title: 'A database link has a suffix that no directory or other link of its server lies in.',
  rationale: 'A name belongs to one database. slapd does not start where a link comes before a directory inside it.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directoryServers.flatMap(({ id, path, databaseLinks }) => {
      if (databaseLinks.length === 0) return [];
      const suffixes = topology.replicas
        .filter(({ server }) => server === id)
        .map(({ directory }) => graph.directory(directory).suffix);
      return databaseLinks.flatMap(({ suffix }, index) => {
        const inside =
          suffixes.find((one) => isWithin(one, suffix)) ??
          databaseLinks
            .slice(0, index)
            .map((other) => other.suffix)
            .find((one) => comparableName(one) === comparableName(suffix));
        return inside === undefined
          ? []
          : [
              {
                path,
                problem: `a database link whose suffix holds ${inside}, which this server has already`,
                value: suffix,
                remedy: 'link a subtree that nothing else of the server lies in',
                property: 'databaseLinks',
              },
            ];
      });
    });
  },
};
