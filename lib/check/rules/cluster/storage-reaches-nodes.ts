import type { HeartbeatClusterFacts } from '../../../topology/cluster';
import { lookup } from '../../../topology/lookup';
import type { EntityId } from '../../../topology/units';
import { byId } from '../../collections';
import { membersOf } from '../../groups';
import type { Rule, RuleFinding } from '../../rule';

/** X3: both nodes reach the storage of a group. */
export const storageReachesNodes: Rule = {
  id: 'cluster/storage-reaches-nodes',
  severity: 'error',
  requirements: ['X3', 'X16'],
  title: 'Every DRBD resource and shared volume of a group exists on all nodes of its cluster.',
  rationale: 'A node without the data cannot take over: the start script fails and the group is given up.',
  check: (topology) => {
    const volumes = byId(topology.sharedVolumes);
    return topology.clusters.flatMap((cluster) => [
      ...membersOf(cluster, 'activation').flatMap(({ member }) => {
        const resource = lookup(topology).drbdResource(member.resource);
        const hosts = resource.peers.map((peer) => peer.host);
        return absent(cluster, hosts, member.path, `DRBD resource ${resource.name}`);
      }),
      ...membersOf(cluster, 'mount').flatMap(({ member }) => {
        const volume = member.source.kind === 'shared' ? volumes.get(member.source.volume) : undefined;
        return volume ? absent(cluster, volume.hosts, member.path, `shared volume ${volume.name}`) : [];
      }),
    ]);
  },
};

function absent(
  cluster: HeartbeatClusterFacts,
  hosts: readonly EntityId[],
  path: string,
  what: string,
): readonly RuleFinding[] {
  return cluster.nodes
    .filter((node) => !hosts.includes(node))
    .map((node) => ({
      path,
      problem: `${what} is not on a node of the cluster`,
      value: node,
      remedy: 'add the node to its hosts',
    }));
}
