import type { FailureDomainFacts } from '../../../topology/site';
import { lookup } from '../../../topology/lookup';
import { byId } from '../../collections';
import type { Rule } from '../../rule';

const kinds = { 'power-feed': 'power feed', rack: 'rack', hypervisor: 'hypervisor' } as const;

/** F6: the nodes of a pair do not fail together. */
export const commonFailureDomain: Rule = {
  id: 'cluster/common-failure-domain',
  severity: 'warning',
  requirements: ['F6', 'F29'],
  title: 'The nodes of a cluster share no power feed, rack or hypervisor.',
  rationale:
    'What takes down both nodes takes down the service; the second node then was bought in vain. A node on two feeds survives the loss of one.',
  check: (topology) => {
    const domains = byId(topology.failureDomains);
    return topology.clusters.flatMap((cluster) => {
      const [first, second] = cluster.nodes.map((node) => {
        const ids = lookup(topology).host(node).failureDomains;
        const known = ids.flatMap((id) => domains.get(id) ?? []);
        return fatal(known);
      });
      if (!first || !second) return [];
      const names = new Set(second.map((domain) => domain.id));
      return first
        .filter((domain) => names.has(domain.id))
        .map((domain) => ({
          path: cluster.path,
          problem: `both nodes depend on one ${kinds[domain.kind as keyof typeof kinds]}`,
          value: domain.id,
          remedy: 'move one node',
          property: 'nodes',
        }));
    });
  },
};

/** The domains whose loss alone takes a host down. */
function fatal(domains: readonly FailureDomainFacts[]): readonly FailureDomainFacts[] {
  const feeds = domains.filter((domain) => domain.kind === 'power-feed').length;
  return domains.filter((domain) => (domain.kind === 'power-feed' ? feeds === 1 : domain.kind in kinds));
}
