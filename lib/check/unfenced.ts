import type { FencingDeviceFacts } from '../topology/cluster';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';

/** The nodes that none of some devices resets on behalf of another node (X4). */
export function unfenced(
  topology: Topology,
  nodes: readonly EntityId[],
  devices: readonly FencingDeviceFacts[],
): readonly EntityId[] {
  return nodes.filter((node) => !devices.some((device) => canReset(topology, device, node)));
}

/** A file does not always show which hosts a device resets; such a device counts for all. */
function canReset(topology: Topology, device: FencingDeviceFacts, node: EntityId): boolean {
  if (device.from === node) return false;
  return device.fences.includes(node) || (topology.origin === 'files' && device.fences.length === 0);
}
