import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** X6: what services need is compared with what nodes have, so both must be declared. */
export const capacityKnown: Rule = {
  id: 'cluster/capacity-known',
  severity: 'warning',
  requirements: ['X6'],
  title: 'Where services declare what they need, their nodes declare what they have.',
  rationale: 'Without the size of the node nobody can tell whether it carries all services alone.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) => {
      const services = cluster.groups.flatMap((group) => lookup(topology).servicesOf(group));
      const declared = (['memory', 'processors'] as const).filter((what) =>
        services.some((service) => service[what] !== undefined),
      );
      return cluster.nodes.flatMap((node) => {
        const host = lookup(topology).host(node);
        return declared
          .filter((what) => host[what] === undefined)
          .map((what) => ({
            path: host.path,
            problem: `services declare ${what} and the node does not`,
            value: host.name,
            remedy: `declare ${what} of the node`,
            property: what,
          }));
      });
    }),
};
