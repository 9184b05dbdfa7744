import type { HeartbeatClusterFacts } from '../../topology/cluster';
import type { EntityId } from '../../topology/units';
import { NO_LOSS, works, worse, type Effect } from '../outcome';
import { isConnected, networksOf, reaches, workingLinks } from '../paths';
import { also, endKey, serialKey, type PairState } from '../pair-state';
import type { Step } from '../step';
import { goesOnAlone, leftBehind } from '../takeover';
import { peerOf, type PlacedService, type World } from '../world';
import { partition } from './partition';

/** What of the paths between nodes, clients and devices is cut. */
export interface PathsLost {
  readonly parted?: readonly EntityId[];
  readonly unreachable?: readonly string[];
  readonly serial?: readonly string[];
}

/** A network that is lost as a whole, or the cable of one node. */
export function networkCut(world: World, before: PairState, network: EntityId, host?: EntityId): Step {
  return pathsLost(world, before, {
    parted: [network],
    unreachable: [host === undefined ? network : endKey(network, host)],
  });
}

/** All paths on which the nodes of a cluster hear each other are cut between them, and nothing else. */
export function heartbeatCut(world: World, before: PairState, id: EntityId): Step {
  const links = world.topology.clusters.find((cluster) => cluster.id === id)?.links ?? [];
  return pathsLost(world, before, {
    parted: links.flatMap((link) => (link.kind === 'serial' ? [] : networksOf(world, link))),
    serial: links.flatMap((link, index) => (link.kind === 'serial' ? [serialKey(id, index)] : [])),
  });
}

/** Everything that heartbeats, replication and clients lose when paths are cut. */
export function pathsLost(world: World, before: PairState, lost: PathsLost): Step {
  const cut: PairState = {
    ...before,
    parted: also(before.parted, lost.parted ?? []),
    unreachable: also(before.unreachable, lost.unreachable ?? []),
    serialCut: also(before.serialCut, lost.serial ?? []),
  };
  let state = cut;
  const effects = new Map<EntityId, Effect>();
  const add = (service: EntityId, effect: Effect): void => {
    const known = effects.get(service);
    effects.set(service, known ? worse(known, effect) : effect);
  };
  for (const cluster of world.topology.clusters) {
    const placed = world.placed.filter((one) => one.cluster === cluster && before.runs.has(one.group.id));
    for (const one of placed) add(one.service.id, reached(world, before, cut, one));
    if (isParted(world, before, cut, cluster)) {
      const step = partition(world, before, state, cluster, placed);
      for (const [service, effect] of step.effects) add(service, effect);
      state = step.state;
    } else {
      for (const one of placed) add(one.service.id, replicates(world, before, cut, one));
      state = markedPeers(world, before, state, cluster);
    }
  }
  return { state, effects };
}

function isParted(world: World, before: PairState, cut: PairState, cluster: HeartbeatClusterFacts): boolean {
  return (
    cluster.nodes.every((node) => !before.down.has(node)) &&
    workingLinks(world, before, cluster).length > 0 &&
    workingLinks(world, cut, cluster).length === 0
  );
}

/** Clients reach a service at the addresses of its group; heartbeat does not look at them. */
function reached(world: World, before: PairState, cut: PairState, { group, cluster }: PlacedService): Effect {
  const paths = `heartbeats go on over ${workingLinks(world, cut, cluster).length} of ${cluster.links.length} paths`;
  const node = before.runs.get(group.id);
  const networks = group.members.flatMap((member) =>
    member.kind === 'address' && member.network !== undefined ? [member.network] : [],
  );
  const lost = networks.find((network) => reaches(before, network, node) && !reaches(cut, network, node));
  const peer = node === undefined ? undefined : peerOf(cluster, node);
  const name = lost === undefined ? '' : world.found.network(lost).name;
  if (lost !== undefined && node !== undefined) {
    const switchable = peer !== undefined && !cut.down.has(peer) && reaches(cut, lost, peer);
    return {
      state: 'down',
      cause: `clients do not reach ${world.nameOf(node)} over ${name}, and heartbeat does not watch that`,
      dataAtRisk: NO_LOSS,
      heals: `the service is reached again when ${name} is back`,
      person: switchable ? `switch the group to ${world.nameOf(peer)}, or mend the cable` : `bring ${name} back`,
    };
  }
  const useless = networks.find((network) => reaches(before, network, peer) && !reaches(cut, network, peer));
  if (useless === undefined || peer === undefined) return works(paths);
  return {
    state: 'degraded',
    cause: `clients would not reach ${world.nameOf(peer)} over ${world.found.network(useless).name} after a takeover`,
    dataAtRisk: NO_LOSS,
    heals: '',
    person: 'mend the cable',
  };
}

function replicates(world: World, before: PairState, cut: PairState, placed: PlacedService): Effect {
  const parted = world
    .resourcesOf(placed.group)
    .filter((resource) => isConnected(world, before, resource) && !isConnected(world, cut, resource));
  const node = before.runs.get(placed.group.id);
  const peer = node === undefined ? undefined : peerOf(placed.cluster, node);
  if (parted.length === 0 || peer === undefined) return works('nothing that it needs is touched');
  return goesOnAlone(
    world,
    before,
    placed,
    `replication to ${world.nameOf(peer)} is cut: its copies fall behind, and a takeover has nothing current to start with`,
    'the copies are brought up to date when the link is back',
    'mend the link',
    { by: 'outdating' },
  );
}

/** The copies of the nodes that do not run a group fall behind. */
function markedPeers(world: World, before: PairState, state: PairState, cluster: HeartbeatClusterFacts): PairState {
  return cluster.groups.reduce((next, group) => {
    const node = before.runs.get(group.id);
    const peer = node === undefined ? undefined : peerOf(cluster, node);
    const parted = world
      .resourcesOf(group)
      .some((resource) => isConnected(world, before, resource) && !isConnected(world, state, resource));
    return parted && peer !== undefined ? leftBehind(world, next, [group], peer) : next;
  }, state);
}
