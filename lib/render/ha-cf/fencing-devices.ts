import type { FencingDeviceFacts, HeartbeatClusterFacts } from '../../topology/cluster';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';

const known = new WeakMap<Topology, ReadonlyMap<EntityId, FencingDeviceFacts>>();

/** The fencing devices of a cluster, in the order in which it names them. */
export function fencingDevicesOf(topology: Topology, cluster: HeartbeatClusterFacts): readonly FencingDeviceFacts[] {
  const devices = known.get(topology) ?? new Map(topology.fencingDevices.map((device) => [device.id, device]));
  known.set(topology, devices);
  return cluster.fencing.flatMap((id) => devices.get(id) ?? []);
}
