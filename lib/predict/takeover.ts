import type { HeartbeatClusterFacts, ResourceGroupFacts } from '../topology/cluster';
import { pairOfCluster } from '../topology/mail-cluster';
import type { EntityId } from '../topology/units';
import { lostByTakeover } from './data-at-risk';
import { fencingOf, type Fencing } from './fencing';
import { detection, keepaliveOf } from './heartbeat-times';
import { startPhases } from './member-steps';
import { NO_LOSS, type DataAtRisk, type Effect } from './outcome';
import { isConnected } from './paths';
import { also, copyKey, type PairState } from './pair-state';
import { blockedCopy, freezes, marksPeer, writePause, type Thaw } from './replication-times';
import { storesOf } from './stores';
import { phase, timelineOf, type Phase } from './timeline';
import type { PlacedService, World } from './world';

/** A node that is gone, seen from the other. */
export interface Loss {
  readonly cluster: HeartbeatClusterFacts;
  readonly victim: EntityId;
  readonly survivor: EntityId;
  /** For instance `ox1 is without power`. */
  readonly cause: string;
  /** The node may wake up and go on where nothing resets it. */
  readonly mayWake: boolean;
  /** What a person does about the victim; empty when it comes back by itself. */
  readonly repair: string;
}

/** What happens to a service of the lost node. */
export function takeover(world: World, before: PairState, after: PairState, loss: Loss, placed: PlacedService): Effect {
  const { cluster, victim, survivor, cause, repair } = loss;
  const [gone, other] = [world.nameOf(victim), world.nameOf(survivor)];
  const fencing = fencingOf(world, after, cluster, victim, survivor);
  if (fencing.kind === 'never')
    return {
      state: 'down',
      cause: `${cause}, and ${fencing.reason}: ${other} does not take over`,
      dataAtRisk: NO_LOSS,
      heals: 'the takeover goes on as soon as a reset is confirmed',
      person: fencing.person,
    };
  const blocked = blockedCopy(before, world.resourcesOf(placed.group), survivor);
  if (blocked !== undefined) return notPromoted(world, loss, gone, other, blocked);
  const unfencedRisk = fencing.kind === 'none' && loss.mayWake ? doubleWriteRisk(world, placed) : undefined;
  const phases: readonly Phase[] = [
    detection(cluster),
    ...(fencing.kind === 'confirmed' ? [fencing.phase] : []),
    phase('takeover', `${other} takes the group`, world.times.takeover),
    ...startPhases(world, placed, true),
  ];
  return {
    state: 'interrupted',
    cause: `${cause}; ${other} takes over${unfencedRisk === undefined ? '' : `, and nothing keeps ${gone} from going on`}`,
    timeline: timelineOf(phases, keepaliveOf(cluster)),
    dataAtRisk: unfencedRisk ?? lostByTakeover(world, before, placed, survivor),
    heals: `${gone} joins as standby when it is back and its copies are brought up to date${failback(world, loss, placed.group)}`,
    person: repair,
  };
}

/** Heartbeat counts a failed start as a takeover that is complete: nothing runs, and nothing is tried again. */
function notPromoted(world: World, { cause }: Loss, gone: string, other: string, blocked: string): Effect {
  const handedBack = world.topology.origin === 'model';
  return {
    state: 'down',
    cause: `${cause}; ${blocked}. ${other} claims the group and runs nothing of it`,
    dataAtRisk: NO_LOSS,
    heals: `the copies are brought up to date when ${gone} is back${handedBack ? `, and ${gone} takes the group` : ''}`,
    person: `bring ${gone} back${handedBack ? '' : `, then hand the group over (hb_standby on ${other})`}; or force the old copy and lose what it lacks`,
  };
}

/** What two nodes that both believe to be the only one do to the stores of a service. */
export function doubleWriteRisk(world: World, placed: PlacedService): DataAtRisk | undefined {
  const { replicated, shared } = storesOf(world, placed);
  if (shared.length > 0) return { kind: 'file-system' };
  return replicated.length > 0 ? { kind: 'diverging' } : undefined;
}

/** Whether a group that was taken over goes back to its node by itself, without heartbeat's own `auto_failback`. */
export const handsHome = ({ topology }: World, cluster: HeartbeatClusterFacts): boolean =>
  topology.origin === 'model' && pairOfCluster(topology, cluster) !== undefined;

function failback(world: World, { cluster }: Loss, group: ResourceGroupFacts): string {
  if (handsHome(world, cluster)) return ', and gets its queue back then';
  const returns = cluster.autoFailback === 'on' || cluster.autoFailback === 'legacy';
  return returns ? `; group ${group.name} goes home then: a second interruption (auto_failback)` : '';
}

/** How the survivor of a dead or unheard peer comes to acknowledge writes again. */
export function thawByReset(cluster: HeartbeatClusterFacts, fencing: Fencing): Thaw {
  return {
    by: 'reset',
    dead: detection(cluster),
    ...(fencing.kind === 'confirmed' ? { reset: fencing.phase } : {}),
  };
}

/** Writes that nobody may acknowledge, because the peer can neither be asked nor reset (X4). */
export function staysFrozen(
  world: World,
  before: PairState,
  placed: PlacedService,
  cause: string,
  fencing: Fencing,
): Effect | undefined {
  if (fencing.kind !== 'never') return undefined;
  const waiting = storesOf(world, placed).replicated.some(
    ({ resource }) => freezes(resource) && isConnected(world, before, resource),
  );
  if (!waiting) return undefined;
  return {
    state: 'down',
    cause: `${cause}, and ${fencing.reason}: writes are not acknowledged`,
    dataAtRisk: NO_LOSS,
    heals: 'writes go on as soon as the node is back or a reset is confirmed',
    person: `${fencing.person}; or, where the node is off for certain, 'drbdadm resume-io all'`,
  };
}

/** What happens to a service that runs on the surviving node: writes wait for DRBD, then it goes on alone. */
export function goesOnAlone(
  world: World,
  before: PairState,
  placed: PlacedService,
  cause: string,
  heals: string,
  person: string,
  thaw: Thaw,
): Effect {
  const connected = storesOf(world, placed)
    .replicated.map(({ resource }) => resource)
    .filter((resource) => isConnected(world, before, resource));
  return {
    state: 'degraded',
    cause,
    timeline: writePause(world, connected, thaw),
    dataAtRisk: NO_LOSS,
    heals,
    person,
  };
}

/** The state in which one node has lost what the other writes from now on. */
export function leftBehind(
  world: World,
  state: PairState,
  groups: readonly ResourceGroupFacts[],
  host: EntityId,
): PairState {
  const resources = groups.flatMap((group) => world.resourcesOf(group));
  const keys = (marked: boolean): readonly string[] =>
    resources.filter((resource) => marksPeer(world, resource) === marked).map(({ id }) => copyKey(id, host));
  return { ...state, outdated: also(state.outdated, keys(true)), behind: also(state.behind, keys(false)) };
}
