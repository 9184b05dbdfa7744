import { resourceManager } from '../../resource-manager';
import type { Rule } from '../../rule';

/** Under a resource manager haresources is not read. */
export const crm: Rule = {
  id: 'cluster/crm',
  severity: 'error',
  requirements: ['X28'],
  title: 'A cluster with groups in haresources does not switch on the cluster resource manager.',
  rationale: 'With `crm` on, Heartbeat ignores haresources: none of the groups is ever started.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) => {
      const value = resourceManager(cluster);
      return value === undefined || cluster.groups.length === 0
        ? []
        : [
            {
              path: cluster.path,
              problem: 'the cluster resource manager is on, so that haresources is not read',
              value: `crm ${value}`,
              remedy: 'remove the directive, or keep the resources in the resource manager and remove haresources',
              property: 'extraDirectives.crm',
            },
          ];
    }),
};
