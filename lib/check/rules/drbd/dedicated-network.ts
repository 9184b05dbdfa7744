import type { HeartbeatClusterFacts } from '../../../topology/cluster';
import type { EntityId } from '../../../topology/units';
import { lookup } from '../../../topology/lookup';
import { pairOfCluster } from '../../../topology/mail-cluster';
import type { Topology } from '../../../topology/topology';
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
      const clients = clientNetworks(topology, cluster);
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

/** Those of the virtual addresses; clients of a mail pair come to its hosts' own addresses. */
function clientNetworks(topology: Topology, cluster: HeartbeatClusterFacts): ReadonlySet<EntityId | undefined> {
  const { host, network } = lookup(topology);
  return new Set(
    pairOfCluster(topology, cluster)
      ? cluster.nodes.flatMap((node) =>
          host(node)
            .interfaces.map((one) => one.network)
            .filter((id) => network(id).purpose === 'service'),
        )
      : membersOf(cluster, 'address').map(({ member }) => member.network),
  );
}
