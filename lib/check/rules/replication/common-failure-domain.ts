import { replicationGraph } from '../../../topology/replication-graph';
import { FATAL_KINDS, fatalDomains } from '../../fatal-domains';
import type { Rule } from '../../rule';

/** F6, F29: copies that fail together are one copy. */
export const commonFailureDomain: Rule = {
  id: 'replication/common-failure-domain',
  severity: 'warning',
  requirements: ['F6', 'F29'],
  title: 'Not all servers of a directory depend on one power feed, rack or hypervisor.',
  rationale: 'What takes down all copies takes down the directory, however many there are.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    const fatal = fatalDomains(topology);
    return topology.directories.flatMap(({ id, path, name }) => {
      const hosts = [...new Set(graph.replicasOf(id).map(({ server }) => graph.server(server).host))];
      const [first, ...others] = hosts.map(fatal);
      if (!first || others.length === 0) return [];
      return first
        .filter((domain) => others.every((domains) => domains.some((other) => other.id === domain.id)))
        .map((domain) => ({
          path,
          problem: `all servers of directory ${name} depend on one ${FATAL_KINDS[domain.kind]}`,
          value: domain.id,
          remedy: 'move one of them',
        }));
    });
  },
};
