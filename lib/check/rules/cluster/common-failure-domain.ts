import { pairOfCluster } from '../../../topology/mail-cluster';
import { FATAL_KINDS, fatalDomains } from '../../fatal-domains';
import type { Rule } from '../../rule';

/** F6: the nodes of a pair do not fail together. */
export const commonFailureDomain: Rule = {
  id: 'cluster/common-failure-domain',
  severity: 'warning',
  requirements: ['F6', 'F29'],
  title: 'The nodes of a cluster share no power feed, rack or hypervisor.',
  rationale:
    'What takes down both nodes takes down the service; the second node then was bought in vain. A node on two feeds survives the loss of one.',
  check: (topology) => {
    const fatal = fatalDomains(topology);
    return topology.clusters.flatMap((cluster) => {
      // Of a mail pair rule mail/common-failure-domain speaks.
      if (pairOfCluster(topology, cluster)) return [];
      const [first, second] = cluster.nodes.map(fatal);
      if (!first || !second) return [];
      const names = new Set(second.map((domain) => domain.id));
      return first
        .filter((domain) => names.has(domain.id))
        .map((domain) => ({
          path: cluster.path,
          problem: `both nodes depend on one ${FATAL_KINDS[domain.kind]}`,
          value: domain.id,
          remedy: 'move one node',
          property: 'nodes',
        }));
    });
  },
};
