import type { EntityId } from '../../../topology/units';
import { lookup } from '../../../topology/lookup';
import { replicationNetwork } from '../../failure-causes';
import { clusterResources, membersOf } from '../../groups';
import type { Rule } from '../../rule';

/** X3: replication has a link of its own. */
export const dedicatedNetwork: Rule = {
  id: 'drbd/dedicated-network',
  severity: 'warning',
  requirements: ['X3'],
  title: 'DRBD does not replicate over the network that clients use.',
  rationale:
    'Every write waits for the link, so that the load of clients slows all writes down, a resynchronisation slows all clients down, and the data cross a network that others can read.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) => {
      const clients = new Set<EntityId | undefined>(membersOf(cluster, 'address').map(({ member }) => member.network));
      const shared = clusterResources(topology, cluster).flatMap((resource) => {
        const network = replicationNetwork(topology, resource);
        return network !== undefined && clients.has(network) ? [{ resource, network }] : [];
      });
      const [first] = shared;
      if (!first) return [];
      const names = shared.map(({ resource }) => resource.name);
      return [
        {
          path: lookup(topology).network(first.network).path,
          problem: 'DRBD replicates over the network that clients use',
          value: names.join(', '),
          remedy: 'connect the nodes by a network of their own',
          property: 'network',
        },
      ];
    }),
};
