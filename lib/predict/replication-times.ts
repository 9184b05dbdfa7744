import type { DrbdResourceFacts } from '../topology/drbd';
import { effectiveNet } from '../topology/drbd-net';
import { ASKED_TOGETHER, callsPeerOutdater, isFencePeer, noticeTime } from '../topology/peer-outdater';
import type { EntityId, Milliseconds } from '../topology/units';
import { between } from './interval';
import { copyKey, type PairState } from './pair-state';
import { phase, timelineOf, type Phase, type Timeline } from './timeline';
import type { World } from './world';

const GRAIN: Milliseconds = 1_000;

/** What ends the time in which a primary with `resource-and-stonith` acknowledges nothing. */
export type Thaw =
  /** The peer lives, is given time to notice the loss, and marks its copies. */
  | { readonly by: 'outdating' }
  /** The peer is dead, and is reset as soon as heartbeat says so; undefined where nothing can reset it. */
  | { readonly by: 'reset'; readonly dead: Phase; readonly reset?: Phase };

/**
 * How long writes wait when the peer of connected resources goes: DRBD pings an idle peer every `ping-int` and drops it
 * `ping-timeout` later, or `ko-count` times `timeout` after a write that is not answered, whatever comes first. Reads
 * go on. Undefined when no resource was connected.
 */
export function writePause(world: World, resources: readonly DrbdResourceFacts[], thaw: Thaw): Timeline | undefined {
  const pauses = resources.map((resource) => ({ resource, pause: pauseOf(resource) }));
  const longest = pauses.reduce<(typeof pauses)[number] | undefined>(
    (found, one) => (found === undefined || one.pause > found.pause ? one : found),
    undefined,
  );
  if (!longest) return undefined;
  const noticed = phase(
    'detection',
    'DRBD waits for its peer; writes stand still',
    between(longest.pause, longest.pause + GRAIN),
  );
  return timelineOf(
    [
      ...(resources.some(freezes) ? frozen(world, noticed, resources, thaw) : [noticed]),
      phase('client', 'the client tries again', world.times.client),
    ],
    effectiveNet(longest.resource).pingInt,
    'writers',
  );
}

/** Whether a primary acknowledges nothing while it does not know what its lost peer does. */
export function freezes({ fencing }: DrbdResourceFacts): boolean {
  return fencing === 'resource-and-stonith';
}

function frozen(world: World, noticed: Phase, resources: readonly DrbdResourceFacts[], thaw: Thaw): readonly Phase[] {
  if (thaw.by === 'reset') {
    const { duration } = thaw.dead;
    const later = between(
      Math.max(duration.lower, noticed.duration.lower),
      Math.max(duration.upper, noticed.duration.upper) + GRAIN,
    );
    return [{ ...thaw.dead, duration: later }, ...(thaw.reset ? [thaw.reset] : [])];
  }
  const notice = Math.max(...resources.map(noticeTime));
  // Those of other services are lost with them, and the handler asks for all of a node.
  const hosts = resources.flatMap(({ peers }) => peers.map(({ host }) => host));
  const lost = world.topology.drbdResources.filter(({ peers }) => peers.some(({ host }) => hosts.includes(host)));
  const others = lost.length > 1 ? ASKED_TOGETHER : 0;
  return [
    noticed,
    phase('wait', 'the peer is given the time to notice it too', between(notice, notice + others + GRAIN)),
    phase('fencing', "the peer's copies are marked as outdated", world.times.outdate),
  ];
}

function pauseOf(resource: DrbdResourceFacts): Milliseconds {
  const { pingInt, pingTimeout, koCount, timeout } = effectiveNet(resource);
  const ping = pingInt + pingTimeout;
  return koCount === 0 ? ping : Math.min(ping, koCount * timeout);
}

/**
 * The oldest write that an asynchronous peer may lack: one that it does not confirm within `ko-count` times `timeout`
 * ends the connection. Undefined for protocols B and C: with one node gone, the other has every acknowledged write.
 */
export function lagOf(resource: DrbdResourceFacts): Milliseconds | undefined {
  if (resource.protocol !== 'A') return undefined;
  const { koCount, timeout } = effectiveNet(resource);
  return Math.max(1, koCount) * timeout;
}

/** Whether a lost peer's copy is marked, so that it is never promoted. The outdater of Heartbeat needs dopd to run. */
export function marksPeer(world: World, { fencing, handlers, peers }: DrbdResourceFacts): boolean {
  if (fencing !== 'resource-only' && fencing !== 'resource-and-stonith') return false;
  return handlers
    .filter(isFencePeer)
    .some(
      (handler) =>
        !callsPeerOutdater(handler) ||
        peers.some(({ host }) => world.found.clustersOf(host).some((cluster) => cluster.dopd)),
    );
}

/** Why a node can not promote its copies, or undefined when it can. */
export function blockedCopy(
  state: PairState,
  resources: readonly DrbdResourceFacts[],
  host: EntityId,
): string | undefined {
  for (const { id, name } of resources) {
    if (state.outdated.has(copyKey(id, host))) return `the copy of ${name} there is outdated and is not promoted`;
    if (state.failed.has(copyKey(id, host))) return `the disk of ${name} there failed`;
  }
  return undefined;
}
