import type { FencingDeviceFacts, HeartbeatClusterFacts } from '../../../topology/cluster';
import { lookup } from '../../../topology/lookup';
import { pairOfCluster } from '../../../topology/mail-cluster';
import type { Topology } from '../../../topology/topology';
import { byId } from '../../collections';
import type { Rule, RuleFinding } from '../../rule';
import { unfenced } from '../../unfenced';

/** X4, E5: replicated or shared storage on two nodes needs fencing. */
export const fencing: Rule = {
  id: 'cluster/fencing',
  severity: 'error',
  requirements: ['X4', 'E5'],
  title: 'Every node of a cluster with replicated or shared storage can be reset by a device that its peer uses.',
  rationale:
    'When only the heartbeat fails, the survivor cannot know whether the other node still writes. Two writers destroy a shared file system, and on DRBD two histories arise of which one is thrown away. Only a device that takes the power of the other node settles it.',
  check: (topology) => {
    const devices = byId(topology.fencingDevices);
    return topology.clusters.flatMap((cluster) =>
      // Of a mail pair rule mail/fencing speaks.
      usesReplicatedOrSharedStorage(topology, cluster) && !pairOfCluster(topology, cluster)
        ? withoutFencing(
            topology,
            cluster,
            cluster.fencing.flatMap((id) => devices.get(id) ?? []),
          )
        : [],
    );
  },
};

function withoutFencing(
  topology: Topology,
  cluster: HeartbeatClusterFacts,
  devices: readonly FencingDeviceFacts[],
): readonly RuleFinding[] {
  if (devices.length === 0)
    return [
      {
        path: cluster.path,
        problem: 'replicated or shared storage on two nodes and no fencing',
        remedy: 'give the cluster a fencing device (STONITH) for each node',
        property: 'fencing',
      },
    ];
  return unfenced(topology, cluster.nodes, devices).map((node) => ({
    path: cluster.path,
    problem: 'no fencing device that the other node uses resets this node',
    value: lookup(topology).host(node).name,
    remedy: 'add a fencing device for it, issued from the other node',
    property: 'fencing',
  }));
}

function usesReplicatedOrSharedStorage(topology: Topology, cluster: HeartbeatClusterFacts): boolean {
  return (
    cluster.groups.some((group) =>
      group.members.some(
        (member) => member.kind === 'activation' || (member.kind === 'mount' && member.source.kind !== 'unknown'),
      ),
    ) || cluster.nodes.some((node) => lookup(topology).drbdResourcesOf(node).length > 0)
  );
}
