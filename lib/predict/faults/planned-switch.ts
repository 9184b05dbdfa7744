import type { EntityId } from '../../topology/units';
import { awayPhases, startPhases } from '../member-steps';
import { NO_LOSS, type Effect } from '../outcome';
import { moved, type PairState } from '../pair-state';
import { blockedCopy } from '../replication-times';
import type { Step } from '../step';
import { timelineOf } from '../timeline';
import { peerOf, type PlacedService, type World } from '../world';

/** An operator hands all groups of a node to the other: they stop in reverse order and start there. */
export function plannedSwitch(world: World, before: PairState, host: EntityId): Step {
  const effects = new Map<EntityId, Effect>();
  const changes: (readonly [EntityId, EntityId])[] = [];
  for (const cluster of world.topology.clusters) {
    const peer = peerOf(cluster, host);
    if (peer === undefined || !cluster.nodes.includes(host)) continue;
    for (const group of cluster.groups.filter((one) => before.runs.get(one.id) === host)) {
      const services = world.placed.filter((one) => one.group === group);
      const obstacle = before.down.has(peer)
        ? `${world.nameOf(peer)} is not there`
        : blockedCopy(before, world.resourcesOf(group), peer);
      for (const one of services)
        effects.set(
          one.service.id,
          obstacle === undefined
            ? handedOver(world, one, `an operator hands the group to ${world.nameOf(peer)}`)
            : refused(obstacle),
        );
      if (obstacle === undefined) changes.push([group.id, peer]);
    }
  }
  return { state: { ...before, runs: moved(before.runs, changes) }, effects };
}

/** A service of a group that goes to the other node while both work. */
export function handedOver(world: World, placed: PlacedService, cause: string): Effect {
  return {
    state: 'interrupted',
    cause,
    timeline: timelineOf([...awayPhases(world, placed), ...startPhases(world, placed, false)]),
    dataAtRisk: NO_LOSS,
    heals: 'the other node runs the group',
    person: '',
  };
}

function refused(obstacle: string): Effect {
  return {
    state: 'degraded',
    cause: `the group can not be handed over: ${obstacle}`,
    dataAtRisk: NO_LOSS,
    heals: '',
    person: 'do not switch before the other node is ready',
  };
}
