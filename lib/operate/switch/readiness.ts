import type { ResourceGroupFacts } from '../../topology/cluster';
import { groupState, groupText } from '../pair/group-state';
import { volumesOf, type NodeLook, type NodeState } from '../pair/node-look';
import { heartbeatWord, resourcesOf, type Pair } from '../pair/pair';

/** Why groups can not be handed to a node in a planned way; empty when they can. `node` takes, `peer` gives. */
export function obstacles(
  pair: Pair,
  groups: readonly ResourceGroupFacts[],
  node: NodeLook,
  peer: NodeLook,
): readonly string[] {
  const looks = [node, peer];
  const unreached = looks.flatMap((look) =>
    look.reached ? [] : [`${look.host.name} does not answer: ${look.reason}`],
  );
  const reached = looks.flatMap((look) => (look.reached ? [look] : []));
  return [
    ...unreached,
    ...reached.flatMap((state) => membership(pair, state)),
    ...(node.reached ? replication(pair, groups, node) : []),
    ...(node.reached && peer.reached ? places(pair, groups, node, peer) : []),
  ];
}

function membership({ node, peer }: Pair, state: NodeState): readonly string[] {
  const { name } = state.host;
  if (state.heartbeat !== 'active')
    return [`heartbeat does not run on ${name} (${state.heartbeat || 'unknown'}); see 'journalctl -u heartbeat' there`];
  if (state.moving) return [`heartbeat on ${name} starts or stops a group right now: wait until it has ended`];
  return [node, peer].flatMap((host) => {
    const seen = state.members.get(host.name) ?? '';
    return seen === 'active'
      ? []
      : [`${name} does not see ${host.name} as active in the cluster (${seen || 'no answer'})`];
  });
}

function replication(pair: Pair, groups: readonly ResourceGroupFacts[], node: NodeState): readonly string[] {
  return groups.flatMap((group) =>
    resourcesOf(pair.topology, group).flatMap((resource) => {
      const volumes = volumesOf(resource, node);
      if (volumes.length === 0) return [`DRBD resource ${resource.name} is not configured on ${node.host.name}`];
      return volumes.flatMap(({ connection, disk, peerDisk, synced }) => {
        if (connection === 'Connected' && disk === 'UpToDate' && peerDisk === 'UpToDate') return [];
        const progress = synced === undefined ? '' : `, ${synced} %`;
        return [
          `DRBD resource ${resource.name} is not the same on both: ${connection}, ${disk}/${peerDisk}${progress}`,
        ];
      });
    }),
  );
}

function places(
  { topology }: Pair,
  groups: readonly ResourceGroupFacts[],
  node: NodeState,
  peer: NodeState,
): readonly string[] {
  return groups.flatMap((group) => {
    const [here, there] = [groupState(topology, group, node), groupState(topology, group, peer)];
    if (there.is === 'running' && here.is === 'stopped') return [];
    // After a refused promotion heartbeat claims what does not run; it can be started again from there.
    if (there.is === 'stopped' && here.is === 'stopped' && [node, peer].some((one) => claims(group, one))) return [];
    return [groupText(topology, group, peer), groupText(topology, group, node)];
  });
}

/** Whether heartbeat on a node says that it runs a group there. */
export function claims(group: ResourceGroupFacts, node: NodeState): boolean {
  return ['all', heartbeatWord(group, node.host)].includes(node.claims);
}
