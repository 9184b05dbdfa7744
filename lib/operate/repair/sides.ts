import type { DrbdResourceFacts } from '../../topology/drbd';
import type { Topology } from '../../topology/topology';
import type { DrbdHistory } from '../pair/drbd-history';
import { volumesOf, type NodeState } from '../pair/node-look';

/** Connection states in which the two copies are, or become, the same. */
const JOINED =
  /^(Connected|SyncSource|SyncTarget|PausedSyncS|PausedSyncT|WFBitMapS|WFBitMapT|WFSyncUUID|VerifyS|VerifyT|StartingSyncS|StartingSyncT|Ahead|Behind)$/;

/** What the connection of a resource is, from both sides. */
export type Connection = 'joined' | 'split' | 'apart';

/**
 * `joined`: the nodes talk about the resource. `split`: at least one side has given up talking, as DRBD does when both
 * wrote. `apart`: both would talk and do not reach each other.
 */
export function connectionOf(resource: DrbdResourceFacts, states: readonly NodeState[]): Connection {
  const seen = states.flatMap((state) => volumesOf(resource, state).map((volume) => volume.connection));
  if (seen.includes('StandAlone')) return 'split';
  return seen.length > 0 && seen.every((connection) => JOINED.test(connection)) ? 'joined' : 'apart';
}

/** Every volume is the same on both nodes and nothing is copied. */
export function inStep(resource: DrbdResourceFacts, states: readonly NodeState[]): boolean {
  return states.every((state) => {
    const volumes = volumesOf(resource, state);
    const same = volumes.every(
      ({ connection, disk, peerDisk }) => connection === 'Connected' && disk === 'UpToDate' && peerDisk === 'UpToDate',
    );
    return volumes.length > 0 && same;
  });
}

/** The directories on which the volumes of a resource are mounted by the groups. */
export function mountsOf(topology: Topology, resource: DrbdResourceFacts): readonly string[] {
  return topology.clusters
    .flatMap((cluster) => cluster.groups)
    .flatMap((group) => group.members)
    .flatMap((member) =>
      member.kind === 'mount' && member.source.kind === 'drbd' && member.source.resource === resource.id
        ? [member.directory]
        : [],
    );
}

/** What one side has of a resource, in one line. */
export function sideLine(
  topology: Topology,
  resource: DrbdResourceFacts,
  state: NodeState,
  history: DrbdHistory | undefined,
): string {
  const volumes = volumesOf(resource, state);
  const [first] = volumes;
  if (!first) return `${state.host.name}: not configured`;
  const changed = volumes.reduce((sum, volume) => sum + volume.outOfSync, 0);
  const mounted = mountsOf(topology, resource).filter((directory) => state.mounted.has(directory));
  const roles = history?.roles ?? [];
  return [
    `${state.host.name}: ${first.connection}, ${first.role}, ${first.disk}`,
    `up to ${changed} KiB changed here since`,
    mounted.length > 0 ? `in use on ${mounted.join(', ')}` : 'not in use',
    history?.disconnected === undefined
      ? 'apart since a time that is not known'
      : `apart since ${history.disconnected}`,
    ...(roles.length > 0 ? [`became ${roles.slice(-4).join(', ')}`] : []),
  ].join('; ');
}
