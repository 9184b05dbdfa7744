import type { FencingDeviceFacts, HeartbeatClusterFacts } from './cluster';
import type { Topology } from './topology';
import type { EntityId } from './units';

const known = new WeakMap<Topology, ReadonlyMap<EntityId, FencingDeviceFacts>>();

/** The fencing devices of a cluster, in the order in which it names them. */
export function fencingDevicesOf(topology: Topology, cluster: HeartbeatClusterFacts): readonly FencingDeviceFacts[] {
  const devices = known.get(topology) ?? new Map(topology.fencingDevices.map((device) => [device.id, device]));
  known.set(topology, devices);
  return cluster.fencing.flatMap((id) => devices.get(id) ?? []);
}

/**
 * The node of a cluster that uses a device: the other one, where the device resets one node alone; undefined: each.
 * Heartbeat keeps one device per node, and of several lines for all nodes (`*`) only the last.
 */
export function issuerOf({ nodes }: HeartbeatClusterFacts, { from, fences }: FencingDeviceFacts): EntityId | undefined {
  const [reset, ...others] = nodes.filter((node) => fences.includes(node));
  return from ?? (reset !== undefined && others.length === 0 ? nodes.find((node) => node !== reset) : undefined);
}

/** Whether a node of a cluster uses a device. */
export function issues(cluster: HeartbeatClusterFacts, device: FencingDeviceFacts, node: EntityId): boolean {
  const issuer = issuerOf(cluster, device);
  return issuer === undefined || issuer === node;
}

/** Whether a device resets a node. Of a device that was read from a file nothing says whom it resets: it may be anybody. */
export function resets({ fences }: FencingDeviceFacts, node: EntityId): boolean {
  return fences.length === 0 || fences.includes(node);
}
