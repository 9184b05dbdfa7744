import ipaddr from 'ipaddr.js';
import type { FencingDeviceFacts, HeartbeatClusterFacts } from '../topology/cluster';
import { fencingDevicesOf, issues, resets } from '../topology/fencing';
import { isExternalPlugin } from '../topology/stonith-plugins';
import type { EntityId, Milliseconds } from '../topology/units';
import { between, sum } from './interval';
import { reaches } from './paths';
import type { PairState } from './pair-state';
import { phase, type Phase } from './timeline';
import type { World } from './world';

/** How a node is fenced: not at all, in some time, or never. */
export type Fencing =
  | { readonly kind: 'none' }
  | { readonly kind: 'confirmed'; readonly phase: Phase; readonly delay: Milliseconds }
  | { readonly kind: 'never'; readonly reason: string; readonly person: string };

/** How one node resets another in a state. Heartbeat takes over only after the device has confirmed (X4). */
export function fencingOf(
  world: World,
  state: PairState,
  cluster: HeartbeatClusterFacts,
  victim: EntityId,
  by: EntityId,
): Fencing {
  const issued = fencingDevicesOf(world.topology, cluster).filter((device) => issues(cluster, device, by));
  if (issued.length === 0) return { kind: 'none' };
  const device = issued.find((one) => resets(one, victim));
  const name = world.nameOf(victim);
  const byHand = `make sure that ${name} is off, then confirm with 'meatclient -c ${name}' or mend the device`;
  if (!device) return { kind: 'never', reason: `no device resets ${name}`, person: byHand };
  if (device.plugin === 'meatware')
    return { kind: 'never', reason: 'the device is a person (meatware)', person: byHand };
  if (state.deadDevices.has(device.id))
    return { kind: 'never', reason: `the fencing device ${device.name} does not answer`, person: byHand };
  if (deviceNetworks(world, device).some((network) => !reaches(state, network, by)))
    return {
      kind: 'never',
      reason: `${world.nameOf(by)} does not reach the fencing device ${device.name}`,
      person: byHand,
    };
  const reset = world.times.fencingByPlugin[device.plugin] ?? world.times.fencing;
  const delay = delayOf(state, cluster, device, by);
  return {
    kind: 'confirmed',
    delay,
    phase: phase(
      'fencing',
      `${delay > 0 ? `${world.nameOf(by)} waits its fencing delay; ` : ''}${device.name} resets ${name} and confirms`,
      sum([between(delay, delay), reset]),
    ),
  };
}

/**
 * How long a node waits before it resets the other, in milliseconds (X4): one that runs all groups does not wait, of two
 * that run some the first one does not. Plugins that are no programs know no such delay, but may have one of their own.
 */
function delayOf(
  { runs }: PairState,
  { fencingDelay, groups, nodes }: HeartbeatClusterFacts,
  { plugin, parameters }: FencingDeviceFacts,
  by: EntityId,
): Milliseconds {
  const own = parameters.find((item) => /delay/.test(item.name) && 'value' in item);
  const ownDelay = own && 'value' in own ? Number.parseFloat(own.value) * 1000 || 0 : 0;
  const here = groups.filter((group) => runs.get(group.id) === by).length;
  const waits = isExternalPlugin(plugin) && here < groups.length && !(here > 0 && by === nodes[0]);
  return ownDelay + (waits ? fencingDelay : 0);
}

/** The networks that hold an address among the parameters of a device. */
function deviceNetworks(world: World, { parameters }: FencingDeviceFacts): readonly EntityId[] {
  const addresses = parameters.flatMap((item) =>
    'value' in item && ipaddr.isValid(item.value) ? [ipaddr.parse(item.value)] : [],
  );
  return world.topology.networks
    .filter(({ cidr }) => {
      if (!ipaddr.isValidCIDR(cidr)) return false;
      const [range, bits] = ipaddr.parseCIDR(cidr);
      return addresses.some((address) => address.kind() === range.kind() && address.match(range, bits));
    })
    .map((network) => network.id);
}
