import { HANDBACK_INTERVAL, HANDBACK_ROUNDS } from '../../topology/handback';
import type { EntityId } from '../../topology/units';
import { bootPhase, startAlone, startTogether } from '../cold-start';
import { startPhases } from '../member-steps';
import { handsHome } from '../takeover';
import { NO_LOSS, works, type Effect } from '../outcome';
import { moved, without, type PairState } from '../pair-state';
import { blockedCopy } from '../replication-times';
import type { Step } from '../step';
import { handedOver } from './planned-switch';
import { between } from '../interval';
import { phase, timelineOf } from '../timeline';
import { peerOf, type PlacedService, type World } from '../world';

/** A node that was down boots again; the timelines count from power on. */
export function nodeReturns(world: World, before: PairState, host: EntityId): Step {
  let state: PairState = { ...before, down: without(before.down, (node) => node === host) };
  const effects = new Map<EntityId, Effect>();
  for (const cluster of world.topology.clusters.filter(({ nodes }) => nodes.includes(host))) {
    const peer = peerOf(cluster, host);
    const placed = world.placed.filter((one) => one.cluster === cluster);
    const peerUp = peer !== undefined && !before.down.has(peer);
    const alone = peerUp ? undefined : startAlone(world, before, cluster, host);
    if (peerUp) {
      // Connected again, the copies are brought up to date.
      const resources = new Set(cluster.groups.flatMap((group) => world.resourcesOf(group).map(({ id }) => id)));
      const stale = (key: string): boolean => resources.has(key.slice(0, key.lastIndexOf('@')));
      state = { ...state, outdated: without(state.outdated, stale), behind: without(state.behind, stale) };
    }
    for (const one of placed) {
      if (goesHome(world, before, one, host)) {
        effects.set(
          one.service.id,
          handedOver(
            world,
            one,
            `${world.nameOf(host)} is back, its data is brought up to date, and it gets its queue back`,
          ),
        );
        state = { ...state, runs: moved(state.runs, [[one.group.id, host]]) };
        continue;
      }
      if (before.runs.has(one.group.id)) {
        effects.set(one.service.id, works(`${world.nameOf(host)} joins as standby`));
        continue;
      }
      if (alone?.kind === 'never') {
        effects.set(one.service.id, {
          state: 'down',
          cause: alone.reason,
          dataAtRisk: NO_LOSS,
          heals: 'the services start when the other node is there too',
          person: alone.person,
        });
        continue;
      }
      // Heartbeat on the node that stayed claims the group already, and does not try again.
      const claimed =
        peerUp && peer !== undefined && blockedCopy(before, world.resourcesOf(one.group), peer) !== undefined;
      if (claimed && peer !== undefined && world.topology.origin === 'model') {
        effects.set(one.service.id, handedBack(world, one, host, peer));
        state = { ...state, runs: moved(state.runs, [[one.group.id, host]]) };
        continue;
      }
      effects.set(
        one.service.id,
        claimed
          ? {
              state: 'down',
              cause: `${world.nameOf(peer)} claims the group and runs nothing of it; nobody starts it again`,
              dataAtRisk: NO_LOSS,
              heals: 'the copies are brought up to date',
              person: `hand the group over (hb_standby on ${world.nameOf(peer)})`,
            }
          : {
              state: 'interrupted',
              cause: alone ? `${world.nameOf(host)} starts alone` : 'both nodes are back',
              timeline: alone
                ? timelineOf([...alone.waiting, ...startPhases(world, one, true)])
                : startTogether(world, one),
              dataAtRisk: NO_LOSS,
              heals: 'the services start',
              person: '',
            },
      );
      if (!claimed) state = { ...state, runs: moved(state.runs, [[one.group.id, host]]) };
    }
  }
  return { state, effects };
}

/** A mail server gets the queue back that its peer took while it was lost (S4): `tandem-handback` on the peer sees to it. */
function goesHome(world: World, before: PairState, { cluster, group }: PlacedService, host: EntityId): boolean {
  const elsewhere = before.runs.get(group.id);
  return elsewhere !== undefined && elsewhere !== host && group.preferred === host && handsHome(world, cluster);
}

/** The node that claims the group finds out that it runs nothing of it, and gives it to the one that is back (X2). */
function handedBack(world: World, placed: PlacedService, host: EntityId, peer: EntityId): Effect {
  const looks = between(HANDBACK_ROUNDS * HANDBACK_INTERVAL, (HANDBACK_ROUNDS + 3) * HANDBACK_INTERVAL);
  return {
    state: 'interrupted',
    cause: `${world.nameOf(peer)} claims the group and runs nothing of it; ${world.nameOf(host)} is back with its data`,
    timeline: timelineOf([
      bootPhase(world, [host]),
      phase('wait', 'the nodes find each other, and the copies are brought up to date', world.times.join),
      phase('detection', `${world.nameOf(peer)} finds that it runs nothing of the group`, looks),
      phase('takeover', `${world.nameOf(peer)} gives the group away`, world.times.handover),
      ...startPhases(world, placed, true),
    ]),
    dataAtRisk: NO_LOSS,
    heals: 'the services start',
    person: '',
  };
}
