import type { HeartbeatClusterFacts } from '../../topology/cluster';
import { resets } from '../../topology/fencing';
import type { EntityId } from '../../topology/units';
import { NO_LOSS, type Effect } from '../outcome';
import { also, type PairState } from '../pair-state';
import type { Step } from '../step';
import type { PlacedService, World } from '../world';

/** A fencing device stops to answer: nothing is noticed until it is needed. */
export function fencingDeviceLost(world: World, before: PairState, device: EntityId): Step {
  const state = { ...before, deadDevices: also(before.deadDevices, [device]) };
  const effects = new Map<EntityId, Effect>();
  for (const cluster of world.topology.clusters)
    for (const [id, effect] of redundancyWithout(
      world,
      state,
      cluster,
      world.placed.filter((one) => one.cluster === cluster),
      new Set([device]),
    ))
      effects.set(id, effect);
  return { state, effects };
}

/** The services that could not be taken over any more, because a lost device resets the node they run on. */
export function redundancyWithout(
  world: World,
  state: PairState,
  cluster: HeartbeatClusterFacts,
  placed: readonly PlacedService[],
  lost: ReadonlySet<EntityId>,
): ReadonlyMap<EntityId, Effect> {
  const devices = world.topology.fencingDevices.filter(({ id }) => lost.has(id) && cluster.fencing.includes(id));
  return new Map(
    placed.flatMap(({ service, group }) => {
      const node = state.runs.get(group.id);
      const device = devices.find((one) => node !== undefined && resets(one, node));
      if (!device || node === undefined) return [];
      const effect: Effect = {
        state: 'degraded',
        cause: `the fencing device ${device.name} does not answer: a loss of ${world.nameOf(node)} would not be taken over`,
        dataAtRisk: NO_LOSS,
        heals: '',
        person: `bring ${device.name} back`,
      };
      return [[service.id, effect] as const];
    }),
  );
}
