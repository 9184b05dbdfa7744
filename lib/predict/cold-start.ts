import type { HeartbeatClusterFacts } from '../topology/cluster';
import type { DrbdResourceFacts } from '../topology/drbd';
import { FORCE_FILE } from '../topology/force-file';
import type { EntityId, Milliseconds } from '../topology/units';
import { bootInterval } from './boot';
import { fencingOf } from './fencing';
import { initialDetection } from './heartbeat-times';
import { between } from './interval';
import { startPhases } from './member-steps';
import { copyKey, type PairState } from './pair-state';
import { blockedCopy, marksPeer } from './replication-times';
import { phase, timelineOf, type Phase, type Timeline } from './timeline';
import { peerOf, type PlacedService, type World } from './world';

const GRAIN: Milliseconds = 1_000;
/** `degr-wfc-timeout` of DRBD 0.7 where nothing is written; later generations wait for ever. */
const OLD_DEGRADED_WAIT: Milliseconds = 60_000;

/** What a node that boots without its peer comes to. */
export type LoneStart =
  | { readonly kind: 'never'; readonly reason: string; readonly person: string }
  | { readonly kind: 'starts'; readonly waiting: readonly Phase[] };

/** From power on to the first answer when both nodes boot together: they find each other, nothing waits for a timeout. */
export function startTogether(world: World, placed: PlacedService): Timeline {
  return timelineOf([
    bootPhase(world, placed.cluster.nodes),
    phase('wait', 'the nodes find each other', world.times.join),
    phase('takeover', 'the group is acquired', world.times.takeover),
    ...startPhases(world, placed, true),
  ]);
}

/** From power on to the first resource script when one node boots and the other does not (E11). */
export function startAlone(world: World, state: PairState, cluster: HeartbeatClusterFacts, host: EntityId): LoneStart {
  const [name, peer] = [world.nameOf(host), peerOf(cluster, host)];
  const resources = cluster.groups.flatMap((group) => world.resourcesOf(group));
  if (!cluster.startsAlone)
    return {
      kind: 'never',
      reason: `${name} sees no peer, and heartbeat waits for one`,
      person: `power on the other node; or, where it is off for certain, let ${name} start alone (touch ${FORCE_FILE})`,
    };
  const blocked = blockedCopy(state, resources, host);
  const force = `power on the other node; or decide that ${name} has the data to go on with (drbdadm primary --force)`;
  const waits = resources.map((resource) => waitOf(state, resource, host, peer));
  if (waits.includes('infinite'))
    return {
      kind: 'never',
      reason: `DRBD on ${name} waits for its peer for ever (wfc-timeout is infinite)`,
      person: force,
    };
  if (blocked !== undefined) return { kind: 'never', reason: `${blocked}`, person: force };
  const doubtful = resources.find(
    (resource) => marksPeer(world, resource) && peer !== undefined && !state.outdated.has(copyKey(resource.id, peer)),
  );
  if (doubtful)
    return {
      kind: 'never',
      reason: `the copy of ${doubtful.name} on ${name} may not be the newest, and is not promoted without its peer`,
      person: force,
    };
  const fencing = peer === undefined ? undefined : fencingOf(world, state, cluster, peer, host);
  if (fencing?.kind === 'never') return { kind: 'never', reason: fencing.reason, person: fencing.person };
  const wait = Math.max(0, ...waits.map((one) => (one === 'infinite' ? 0 : one)));
  return {
    kind: 'starts',
    waiting: [
      bootPhase(world, [host]),
      ...(wait > 0 ? [phase('wait', 'DRBD waits for its peer (wfc-timeout)', between(wait, wait + GRAIN))] : []),
      initialDetection(cluster),
      ...(fencing?.kind === 'confirmed' ? [fencing.phase] : []),
      phase('takeover', `${name} takes all groups`, world.times.takeover),
    ],
  };
}

/** From power on to the start of heartbeat, of the slowest of some nodes. */
export function bootPhase(world: World, hosts: readonly EntityId[]): Phase {
  const slowest = Math.max(0, ...hosts.map((host) => world.found.host(host).bootTime));
  return phase('boot', `boot of ${hosts.map((host) => world.nameOf(host)).join(' and ')}`, bootInterval(slowest));
}

/** How long DRBD waits at boot: by what the node knew of its peer before. */
function waitOf(
  state: PairState,
  { id, version, startup }: DrbdResourceFacts,
  host: EntityId,
  peer: EntityId | undefined,
): Milliseconds | 'infinite' {
  const degraded = startup.degrWfcTimeout ?? (version === '0.7' ? OLD_DEGRADED_WAIT : 'infinite');
  if (state.outdated.has(copyKey(id, host))) return startup.outdatedWfcTimeout ?? degraded;
  const alone = peer !== undefined && (state.outdated.has(copyKey(id, peer)) || state.behind.has(copyKey(id, peer)));
  return alone ? degraded : (startup.wfcTimeout ?? 'infinite');
}
