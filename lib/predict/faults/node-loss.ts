import type { HeartbeatClusterFacts } from '../../topology/cluster';
import type { EntityId } from '../../topology/units';
import { startAlone, startTogether } from '../cold-start';
import { NO_LOSS, type Effect } from '../outcome';
import { also, moved, type PairState } from '../pair-state';
import { blockedCopy } from '../replication-times';
import type { Step } from '../step';
import { fencingOf } from '../fencing';
import { goesOnAlone, leftBehind, staysFrozen, takeover, thawByReset, type Loss } from '../takeover';
import type { PlacedService, World } from '../world';
import { redundancyWithout } from './fencing-device';

/** Nodes that go at one moment, with the fencing devices that go with them. */
export interface NodesLost {
  readonly hosts: ReadonlySet<EntityId>;
  readonly devices?: ReadonlySet<EntityId>;
  /** What happened to a node, in words that follow its name: `without power`. */
  readonly words: string;
  readonly mayWake?: boolean;
  /** What a person does about a node; empty when a reset brings it back. */
  readonly repair: (name: string) => string;
}

/** Power cuts, hangs, and everything that takes whole nodes with it. */
export function nodesLost(world: World, before: PairState, lost: NodesLost): Step {
  let after: PairState = {
    ...before,
    down: also(before.down, lost.hosts),
    deadDevices: also(before.deadDevices, lost.devices ?? []),
  };
  const effects = new Map<EntityId, Effect>();
  for (const cluster of world.topology.clusters) {
    const placed = world.placed.filter((one) => one.cluster === cluster && before.runs.has(one.group.id));
    const gone = cluster.nodes.filter((node) => lost.hosts.has(node) && !before.down.has(node));
    const [survivor] = cluster.nodes.filter((node) => !after.down.has(node));
    const [victim] = gone;
    if (victim === undefined) {
      for (const [id, effect] of redundancyWithout(world, after, cluster, placed, lost.devices ?? new Set()))
        effects.set(id, effect);
      continue;
    }
    if (survivor === undefined) {
      for (const one of placed) effects.set(one.service.id, allGone(world, before, after, cluster, one, lost));
      after = {
        ...after,
        runs: moved(
          after.runs,
          cluster.groups.map((group) => [group.id, undefined] as const),
        ),
      };
      continue;
    }
    const loss = lossOf(world, cluster, victim, survivor, lost);
    for (const one of placed)
      effects.set(
        one.service.id,
        before.runs.get(one.group.id) === victim
          ? takeover(world, before, after, loss, one)
          : survives(world, before, after, loss, one),
      );
    after = settled(world, before, after, loss);
  }
  return { state: after, effects };
}

/** A service on the node that is left. */
function survives(world: World, before: PairState, after: PairState, loss: Loss, placed: PlacedService): Effect {
  const { cluster, victim, survivor, cause } = loss;
  const fencing = fencingOf(world, after, cluster, victim, survivor);
  return (
    staysFrozen(world, before, placed, cause, fencing) ??
    goesOnAlone(
      world,
      before,
      placed,
      `${cause}; the service goes on without a second node`,
      `${world.nameOf(victim)} joins as standby when it is back and its copies are brought up to date`,
      loss.repair,
      thawByReset(cluster, fencing),
    )
  );
}

function lossOf(
  world: World,
  cluster: HeartbeatClusterFacts,
  victim: EntityId,
  survivor: EntityId,
  { words, mayWake, repair }: NodesLost,
): Loss {
  const name = world.nameOf(victim);
  return { cluster, victim, survivor, cause: `${name} is ${words}`, mayWake: mayWake ?? false, repair: repair(name) };
}

/** Where groups run after the survivor took what it can. */
export function settled(
  world: World,
  before: PairState,
  after: PairState,
  { cluster, victim, survivor }: Loss,
): PairState {
  const never = fencingOf(world, after, cluster, victim, survivor).kind === 'never';
  const running = cluster.groups.filter((group) => before.runs.has(group.id));
  const changes = running
    .filter((group) => before.runs.get(group.id) === victim)
    .map((group) => {
      const stays = never || blockedCopy(before, world.resourcesOf(group), survivor) !== undefined;
      return [group.id, stays ? undefined : survivor] as const;
    });
  const runs = moved(after.runs, changes);
  return leftBehind(
    world,
    { ...after, runs },
    running.filter((group) => runs.has(group.id)),
    victim,
  );
}

/** All nodes of a cluster are gone; the timeline counts from the return of power on both. */
function allGone(
  world: World,
  before: PairState,
  after: PairState,
  cluster: HeartbeatClusterFacts,
  placed: PlacedService,
  { words, repair }: NodesLost,
): Effect {
  const node = before.runs.get(placed.group.id) ?? cluster.nodes[0];
  const alone = node === undefined ? undefined : startAlone(world, after, cluster, node);
  const lone = alone?.kind === 'never' ? `; one node that boots alone starts nothing: ${alone.reason}` : '';
  const names = cluster.nodes.map((one) => world.nameOf(one));
  return {
    state: 'down',
    cause: `no node is left: ${names.join(' and ')} are ${words}`,
    timeline: startTogether(world, placed),
    dataAtRisk: NO_LOSS,
    heals: `when both nodes have power again they start the services${lone}`,
    person: repair(names.join(' and ')),
  };
}
