import type { MonitoringFacts } from '../../topology/cluster';
import type { ServiceFacts } from '../../topology/service';
import type { EntityId, Milliseconds } from '../../topology/units';
import { unsynced } from '../data-at-risk';
import { between, sum } from '../interval';
import { startPhases, stopPhases } from '../member-steps';
import { NO_LOSS, type Effect } from '../outcome';
import { moved, type PairState } from '../pair-state';
import { blockedCopy } from '../replication-times';
import type { Step } from '../step';
import { phase, timelineOf, type Phase } from '../timeline';
import { peerOf, type PlacedService, type World } from '../world';
import { handedOver } from './planned-switch';

/** Rounds begin at every interval; the probes before this one in its round take part of a second when services answer. */
const GRAIN: Milliseconds = 1_000;

/** The processes of a service are gone, or stand still (E15). */
export function processFails(world: World, before: PairState, service: EntityId, stands: boolean): Step {
  const placed = world.placed.find((one) => one.service.id === service);
  const node = placed && before.runs.get(placed.group.id);
  if (!placed || node === undefined) return { state: before, effects: new Map() };
  const { effect, to } = outcome(world, before, placed, node, stands);
  const effects = new Map<EntityId, Effect>(
    [...dependents(world, service)].map((id) => [id, withoutNeeded(placed.service, effect)]),
  );
  if (to !== undefined)
    for (const one of world.placed)
      if (one.group === placed.group) effects.set(one.service.id, handedOver(world, one, effect.cause));
  effects.set(service, effect);
  return {
    state: to === undefined ? before : { ...before, runs: moved(before.runs, [[placed.group.id, to]]) },
    effects,
  };
}

function outcome(
  world: World,
  before: PairState,
  placed: PlacedService,
  node: EntityId,
  stands: boolean,
): { readonly effect: Effect; readonly to?: EntityId } {
  const { service, cluster, group } = placed;
  const { monitoring } = cluster;
  const what = `${service.name} ${stands ? 'stands still' : 'is gone'}`;
  const down = (why: string): { readonly effect: Effect } => ({
    effect: {
      state: 'down',
      cause: `${what}, and ${why}`,
      dataAtRisk: stands ? NO_LOSS : unsynced(placed),
      heals: '',
      person: `restart ${service.unit} on ${world.nameOf(node)}`,
    },
  });
  if (!monitoring) return down('heartbeat watches nodes, not services');
  if (stands && !probeAsksService(service)) return down('its probe asks systemd only, which sees the process');
  const watching = { monitoring, stands };
  const peer = peerOf(cluster, node);
  const ready =
    peer !== undefined && !before.down.has(peer) && blockedCopy(before, world.resourcesOf(group), peer) === undefined;
  const switches = monitoring.restartsBeforeSwitch === 0 && ready;
  const phases = [
    found(watching),
    ...(switches
      ? [
          phase('takeover', 'the group is given away', world.times.handover),
          ...stopPhases(world, group),
          ...startPhases(world, placed, !stands),
        ]
      : restarted(world, service)),
  ];
  const then =
    ready && peer !== undefined
      ? `; after ${monitoring.restartsBeforeSwitch} restarts within an hour the group goes to ${world.nameOf(peer)}`
      : '';
  return {
    effect: {
      state: 'interrupted',
      cause: switches ? `${what}; the group is given to the other node` : `${what}; the watcher restarts it`,
      timeline: timelineOf(phases, monitoring.interval),
      // The watcher ends processes that stand still with SIGKILL.
      dataAtRisk: switches && stands ? NO_LOSS : unsynced(placed),
      heals: switches ? 'the other node runs the group' : `it is restarted${then}`,
      person: '',
    },
    ...(switches ? { to: peer } : {}),
  };
}

/** From the last probe that was answered to the first that is not; one that stands still needs the probe's time limit. */
function found({ monitoring, stands }: { monitoring: MonitoringFacts; stands: boolean }): Phase {
  const least = monitoring.interval + (stands ? monitoring.timeout : 0);
  return phase(
    'detection',
    stands ? 'the next probe runs into its time limit' : 'the next probe fails',
    between(least, least + GRAIN),
  );
}

function restarted({ times }: World, service: ServiceFacts): readonly Phase[] {
  const { start, recovery } = times.services[service.settings.kind];
  return [
    phase('start', `restart of ${service.name}`, sum([start, recovery])),
    phase('client', 'the client tries again', times.client),
  ];
}

/** Whether the probe of a service would notice that it stands still. What only asks for the unit's state would not. */
function probeAsksService({ settings, ports }: ServiceFacts): boolean {
  const only = (tls: number, plain: number): boolean =>
    ports.some(({ port }) => port === tls) && !ports.some(({ port }) => port === plain);
  switch (settings.kind) {
    case 'generic':
      return settings.probe !== undefined;
    // A greeting behind TLS is not read by the probe.
    case 'cyrus-imap':
      return !only(993, 143);
    case 'postfix':
      return !only(465, 25);
    default:
      return true;
  }
}

/** A service that asks the one that fails: a part of its work fails for as long. */
export function withoutNeeded(needed: ServiceFacts, effect: Effect): Effect {
  return {
    ...effect,
    state: 'degraded',
    cause: `it needs ${needed.name}, which is ${effect.state}: what it asks of it fails`,
    dataAtRisk: NO_LOSS,
  };
}

/** The services that need one, directly or through others. */
export function dependents(world: World, service: EntityId): ReadonlySet<EntityId> {
  const users = new Map<EntityId, EntityId[]>();
  for (const { service: user } of world.placed)
    for (const needed of user.requires) users.set(needed, [...(users.get(needed) ?? []), user.id]);
  const all = new Set<EntityId>();
  const open = [service];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const user of users.get(next) ?? []) {
      if (all.has(user) || user === service) continue;
      all.add(user);
      open.push(user);
    }
  return all;
}
