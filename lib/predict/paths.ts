import type { HeartbeatClusterFacts, LinkFacts } from '../topology/cluster';
import type { DrbdResourceFacts } from '../topology/drbd';
import type { EntityId } from '../topology/units';
import { endKey, serialKey, type PairState } from './pair-state';
import type { World } from './world';

/** The heartbeat paths of a cluster that carry something. */
export function workingLinks(world: World, state: PairState, cluster: HeartbeatClusterFacts): readonly LinkFacts[] {
  return cluster.links.filter((link, index) =>
    link.kind === 'serial'
      ? !state.serialCut.has(serialKey(cluster.id, index))
      : !networksOf(world, link).some((network) => state.parted.has(network)),
  );
}

/** The networks of a path: as declared, else those of the interfaces at its ends. */
export function networksOf(world: World, link: Exclude<LinkFacts, { kind: 'serial' }>): readonly EntityId[] {
  if (link.network !== undefined) return [link.network];
  return link.ends.flatMap(({ host, interface: name }) => {
    const network = world.found.host(host).interfaces.find((item) => item.name === name)?.network;
    return network === undefined ? [] : [network];
  });
}

/** Whether both copies of a resource hear each other. */
export function isConnected(world: World, state: PairState, resource: DrbdResourceFacts): boolean {
  const network = replicationNetwork(world, resource);
  return (
    (network === undefined || !state.parted.has(network)) && resource.peers.every(({ host }) => !state.down.has(host))
  );
}

/** The network of a resource's replication link: as declared, else by the address of its first peer. */
export function replicationNetwork(world: World, resource: DrbdResourceFacts): EntityId | undefined {
  if (resource.network !== undefined) return resource.network;
  const peer = resource.peers[0];
  return peer && world.found.host(peer.host).interfaces.find((item) => item.address === peer.address)?.network;
}

/** Whether a node, or with no node anybody, reaches a network. */
export function reaches(state: PairState, network: EntityId, host?: EntityId): boolean {
  return !state.unreachable.has(network) && (host === undefined || !state.unreachable.has(endKey(network, host)));
}
