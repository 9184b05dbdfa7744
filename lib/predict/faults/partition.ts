import type { HeartbeatClusterFacts } from '../../topology/cluster';
import type { EntityId } from '../../topology/units';
import { fencingOf, type Fencing } from '../fencing';
import { detection } from '../heartbeat-times';
import { sum } from '../interval';
import { NO_LOSS, type DataAtRisk, type Effect } from '../outcome';
import { isConnected } from '../paths';
import { also, type PairState } from '../pair-state';
import { blockedCopy } from '../replication-times';
import type { Step } from '../step';
import { storesOf } from '../stores';
import { doubleWriteRisk, goesOnAlone, staysFrozen, takeover, thawByReset, type Loss } from '../takeover';
import { peerOf, type PlacedService, type World } from '../world';
import { settled } from './node-loss';

/** Who resets whom when both nodes believe that the other is dead. */
interface Duel {
  readonly node: EntityId;
  readonly peer: EntityId;
  /** How the peer resets the node that runs a service. */
  readonly lost: Fencing;
  /** How the node resets its peer. */
  readonly won: Fencing;
}

/** Both nodes live and hear nothing of each other (X4). With two that can shoot, luck decides: the bad case is told. */
export function partition(
  world: World,
  before: PairState,
  after: PairState,
  cluster: HeartbeatClusterFacts,
  placed: readonly PlacedService[],
): Step {
  const effects = new Map<EntityId, Effect>();
  let state = after;
  for (const one of placed) {
    const node = before.runs.get(one.group.id);
    const peer = node === undefined ? undefined : peerOf(cluster, node);
    if (node === undefined || peer === undefined) continue;
    const duel: Duel = {
      node,
      peer,
      lost: fencingOf(world, after, cluster, node, peer),
      won: fencingOf(world, after, cluster, peer, node),
    };
    effects.set(one.service.id, parted(world, before, after, one, duel));
    // In a hot standby either node may be the one that is shot; later faults go on from the first.
    if (state === after && duel.lost.kind === 'confirmed' && !winsByDelay(duel))
      state = settled(world, before, { ...after, down: also(after.down, [node]) }, lossOf(world, cluster, duel));
  }
  return { state, effects };
}

function parted(world: World, before: PairState, after: PairState, placed: PlacedService, duel: Duel): Effect {
  const { lost, won, node, peer } = duel;
  const [name, other] = [world.nameOf(node), world.nameOf(peer)];
  if (lost.kind === 'none') return splitBrain(world, before, after, placed, name, other);
  if (lost.kind === 'never' || winsByDelay(duel)) {
    const why =
      lost.kind === 'never' ? `${lost.reason}: ${other} does not take over` : `${name} shoots first, ${other} waits`;
    return (
      (lost.kind === 'never'
        ? staysFrozen(world, before, placed, `${name} and ${other} do not hear each other`, won)
        : undefined) ??
      goesOnAlone(
        world,
        before,
        placed,
        `the nodes do not hear each other; ${why}`,
        won.kind === 'confirmed'
          ? `${other} is reset and joins when a path is back`
          : 'the nodes join when a path is back',
        'mend the paths',
        thawByReset(placed.cluster, won),
      )
    );
  }
  const bad = takeover(world, before, after, lossOf(world, placed.cluster, duel), placed);
  if (bad.state === 'down') return bad;
  const mayWin = won.kind === 'confirmed';
  const again = placed.cluster.startsAlone
    ? `; while the paths are cut, ${name} shoots back after its boot and initdead`
    : '';
  return {
    ...bad,
    cause: `the nodes do not hear each other; ${mayWin ? `either may reset the other, at worst ${other} resets ${name}` : `${other} resets ${name}`}`,
    dataAtRisk: writtenBeforeReset(world, before, after, placed, duel, bad.dataAtRisk),
    heals: `${name} joins as standby when a path is back${again}`,
    person: 'mend the paths',
  };
}

/** What the node acknowledged alone between the loss of the link and its reset. Frozen writes are acknowledged by nobody. */
function writtenBeforeReset(
  world: World,
  before: PairState,
  after: PairState,
  placed: PlacedService,
  { lost }: Duel,
  otherwise: DataAtRisk,
): DataAtRisk {
  const alone = storesOf(world, placed).replicated.some(
    ({ resource }) =>
      isConnected(world, before, resource) &&
      !isConnected(world, after, resource) &&
      resource.fencing !== 'resource-and-stonith',
  );
  if (!alone || lost.kind !== 'confirmed') return otherwise;
  return { kind: 'last-writes', within: sum([detection(placed.cluster).duration, lost.phase.duration]).upper };
}

/** Nothing resets anybody: both nodes run the group. DRBD that is still connected refuses the second primary. */
function splitBrain(
  world: World,
  before: PairState,
  after: PairState,
  placed: PlacedService,
  name: string,
  other: string,
): Effect {
  const resources = world.resourcesOf(placed.group);
  const shared = placed.group.members.some((member) => member.kind === 'mount' && member.source.kind === 'shared');
  const address = placed.group.members.findIndex((member) => member.kind === 'address');
  const firstStart = placed.group.members.findIndex((member) => member.kind === 'activation');
  const refused =
    !shared &&
    resources.length > 0 &&
    (resources.some((resource) => isConnected(world, after, resource)) ||
      blockedCopy(before, resources, peerOf(placed.cluster, before.runs.get(placed.group.id) ?? '') ?? '') !==
        undefined);
  const person = `stop heartbeat on one node before a path is back; choose whose data is kept`;
  if (refused && (address < 0 || address > firstStart))
    return {
      state: 'degraded',
      cause: `the nodes do not hear each other and nothing resets one; ${other} fails to start the group, because its copies are not promoted`,
      dataAtRisk: NO_LOSS,
      heals: '',
      person: 'mend the paths; heartbeat may restart the group when the nodes meet again',
    };
  return {
    state: 'down',
    cause: `split brain: ${name} and ${other} do not hear each other, nothing resets one, and both run the group at one address`,
    dataAtRisk: doubleWriteRisk(world, placed) ?? NO_LOSS,
    heals: '',
    person,
  };
}

function lossOf(world: World, cluster: HeartbeatClusterFacts, { node, peer }: Duel): Loss {
  return {
    cluster,
    victim: node,
    survivor: peer,
    cause: `${world.nameOf(node)} is not heard`,
    mayWake: true,
    repair: '',
  };
}

/** The node that runs the service wins when the other one waits longer before it shoots. */
function winsByDelay({ lost, won }: Duel): boolean {
  return lost.kind === 'confirmed' && won.kind === 'confirmed' && lost.delay > won.delay;
}
