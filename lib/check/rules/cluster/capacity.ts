import { lookup } from '../../../topology/lookup';
import { groupsOf } from '../../groups';
import type { Rule, RuleFinding } from '../../rule';
import { size } from '../../wording';

/** X6: each node can carry all services. */
export const capacity: Rule = {
  id: 'cluster/capacity',
  severity: 'error',
  requirements: ['X6'],
  title: 'Each node has the memory and processors that all services of the cluster declare together.',
  rationale:
    'After a failure one node runs everything. A node that is too small turns one outage into a second, with services that are killed or too slow to be probed.',
  check: (topology) => {
    const needs = new Map<string, { memory: number; processors: number }>();
    for (const { cluster, group } of groupsOf(topology)) {
      const need = needs.get(cluster.id) ?? { memory: 0, processors: 0 };
      for (const service of lookup(topology).servicesOf(group)) {
        need.memory += service.memory ?? 0;
        need.processors += service.processors ?? 0;
      }
      needs.set(cluster.id, need);
    }
    return topology.clusters.flatMap((cluster) => {
      const need = needs.get(cluster.id) ?? { memory: 0, processors: 0 };
      return cluster.nodes.flatMap((node) => {
        const host = lookup(topology).host(node);
        const findings: RuleFinding[] = [];
        if (host.memory !== undefined && host.memory < need.memory)
          findings.push({
            path: host.path,
            problem: `too little memory to carry all services of cluster ${cluster.name}`,
            value: `${size(host.memory)}, needed ${size(need.memory)}`,
            remedy: 'use a larger node or fewer services',
            property: 'memory',
          });
        if (host.processors !== undefined && host.processors < need.processors)
          findings.push({
            path: host.path,
            problem: `too few processors to carry all services of cluster ${cluster.name}`,
            value: `${host.processors}, needed ${need.processors}`,
            remedy: 'use a larger node or fewer services',
            property: 'processors',
          });
        return findings;
      });
    });
  },
};
