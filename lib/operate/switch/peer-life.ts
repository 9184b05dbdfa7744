import type { ResourceGroupFacts } from '../../topology/cluster';
import { groupState, groupText } from '../pair/group-state';
import { volumesOf, type NodeLook, type NodeState } from '../pair/node-look';
import type { Operation } from '../pair/operation';
import { resourcesOf, type Pair } from '../pair/pair';
import { HOST_PATH } from '../pair/probe';
import { shellWord } from '../../topology/shell-word';

/** Whether the other node can be at work. Only `off` lets a group be forced. */
export interface PeerLife {
  /** Why it must be taken for alive; nothing else counts while there is a reason. */
  readonly alive: readonly string[];
  /** Why it can not be at work, where that is known without a person. */
  readonly off?: string;
}

/** What all that can be asked says of the other node. */
export async function peerLife(
  operation: Operation,
  pair: Pair,
  groups: readonly ResourceGroupFacts[],
  node: NodeState,
  peer: NodeLook,
): Promise<PeerLife> {
  if (peer.reached) return reachedPeer(pair, groups, node, peer);
  const heard = node.members.get(peer.host.name);
  const alive = [
    ...(heard === 'active' || heard === 'up'
      ? [`heartbeat on ${node.host.name} hears ${peer.host.name} (${heard}): it is not dead`]
      : []),
    ...connectedResources(pair, node).map(
      (resource) => `DRBD resource ${resource} is connected to ${peer.host.name}: it is not dead`,
    ),
    ...(await answering(operation, pair)).map((address) => `${address} of ${peer.host.name} answers a ping`),
  ];
  if (alive.length > 0) return { alive };
  const fenced = node.heartbeat === 'active' && heard === 'dead' && ['all', 'foreign'].includes(node.claims);
  // Heartbeat takes over from a dead node only after its fencing device has confirmed, or after the node said goodbye.
  return fenced && pair.cluster.fencing.length > 0
    ? { alive, off: `heartbeat on ${node.host.name} took over from ${peer.host.name}, so its fencing was confirmed` }
    : { alive };
}

function reachedPeer(pair: Pair, groups: readonly ResourceGroupFacts[], node: NodeState, peer: NodeState): PeerLife {
  const { topology } = pair;
  const running = groups.filter((group) => groupState(topology, group, peer).is !== 'stopped');
  const joined = node.members.get(peer.host.name) === 'active';
  const alive = [
    ...running.map((group) => groupText(topology, group, peer)),
    ...(peer.heartbeat === 'active' && !joined
      ? [
          `heartbeat runs on ${peer.host.name} and the nodes do not see each other: it could start the same there; ` +
            `stop it first: ssh ${peer.host.name} systemctl stop heartbeat`,
        ]
      : []),
    ...groups
      .flatMap((group) => resourcesOf(topology, group))
      .flatMap((resource) => {
        const better = volumesOf(resource, node).some(
          (volume, index) => rank(volume.disk) < rank(volumesOf(resource, peer)[index]?.disk ?? ''),
        );
        return better
          ? [
              `${peer.host.name} answers and has newer data of ${resource.name}; mend the replication link, or take ${peer.host.name}`,
            ]
          : [];
      }),
  ];
  return alive.length > 0 ? { alive } : { alive, off: `${peer.host.name} answers and runs nothing of it` };
}

function rank(disk: string): number {
  return ['Inconsistent', 'Outdated', 'Consistent', 'UpToDate'].indexOf(disk);
}

function connectedResources(pair: Pair, node: NodeState): readonly string[] {
  return pair.topology.drbdResources
    .filter((resource) => volumesOf(resource, node).some((volume) => volume.peerRole !== 'Unknown'))
    .map((resource) => resource.name);
}

/** The addresses of the other node that answer the node that shall take over. */
async function answering(operation: Operation, { node, peer }: Pair): Promise<readonly string[]> {
  const addresses = peer.interfaces.map((from) => shellWord(from.address)).join(' ');
  const command = `${HOST_PATH}\nfor a in ${addresses}; do ping -c 2 -W 1 -q "$a" >/dev/null 2>&1 && echo "$a"; done; true`;
  const { stdout } = await operation.remote.run(node, command, { timeout: 60 });
  return stdout.split('\n').filter((line) => line !== '');
}
