import { replicationGraph, type ReplicationGraph } from '../../topology/replication-graph';
import type { MultiMasterGroupFacts, ReplicaFacts } from '../../topology/replication';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { Interval } from '../interval';
import { sidesOf, type DirectoryFault } from './directory-fault';
import { GUARD_WINDOW } from './guard-window';
import { quorumOf } from './quorum';
import { returnTimeline } from './server-return';

/**
 * What a server does with writes. `takes`: acknowledges them; `stops`: acknowledges them until its guard notices, and
 * refuses them then; `refuses`: it is no master; `refers`: names a server that takes writes, or has it done there.
 */
export type WriteState = 'takes' | 'stops' | 'refuses' | 'refers';

/** What a server does while the fault lasts. */
export interface ServerOutcome {
  readonly server: EntityId;
  readonly name: string;
  /** `gone`: it does not run. */
  readonly reads: 'answers' | 'stops' | 'gone';
  readonly writes: WriteState | 'gone';
  /** Servers that take writes and whose new changes it gets meanwhile, itself left out; names, in the topology's order. */
  readonly hears: readonly string[];
}

/** What a fault of servers does to a directory. */
export interface DirectoryOutcome {
  readonly fault: DirectoryFault;
  readonly servers: readonly ServerOutcome[];
  /** For how long a server that `stops` still takes writes; absent: no server does. */
  readonly window?: Interval;
  /**
   * When sides take writes that do not hear each other. Where both changed one entry, the whole entry that was changed
   * later is kept: what the other side had acknowledged is reversed (Q16). Where one deleted an entry and the other one
   * changed it, copies differ for ever although each says that it has every change.
   */
  readonly conflicts: 'never' | 'in-window' | 'while-apart';
  /** What a server acknowledged right before it was lost may be on no other one until it is back. */
  readonly stranded: boolean;
  /** Of one lost server: from power on to its first answer, where that can be told. Several wait for each other. */
  readonly returns?: Interval;
}

/** What a fault does to a directory: a pure function. Copies are equal again when all servers are back, but for conflicts. */
export function directoryOutcome(topology: Topology, directory: EntityId, fault: DirectoryFault): DirectoryOutcome {
  const graph = replicationGraph(topology);
  const replicas = graph.replicasOf(directory);
  const sides = sidesOf(
    replicas.map(({ server }) => server),
    fault,
  );
  const sideOf = (server: EntityId): readonly EntityId[] => sides.find((side) => side.includes(server)) ?? [];
  const writes = (replica: ReplicaFacts): WriteState =>
    writeState(topology, graph, replica, sideOf(replica.server).length === 0 ? [] : sideOf(replica.server));
  const states = new Map(replicas.map((replica) => [replica.server, writes(replica)]));
  const servers = replicas.map(({ server, group }): ServerOutcome => {
    const side = sideOf(server);
    const { name } = graph.server(server);
    if (side.length === 0) return { server, name, reads: 'gone', writes: 'gone', hears: [] };
    const heard = heardBy(graph, directory, server, side);
    const state = states.get(server) as WriteState;
    return {
      server,
      name,
      reads: state === 'stops' && groupOf(topology, group)?.minorityReads === 'refuse' ? 'stops' : 'answers',
      writes: state,
      hears: replicas
        .filter((one) => one.server !== server && heard.has(one.server))
        .filter((one) => states.get(one.server) === 'takes' || states.get(one.server) === 'stops')
        .map((one) => graph.server(one.server).name),
    };
  });
  const writing = (state: WriteState): readonly (readonly EntityId[])[] =>
    islandsOf(graph, directory, sides, (server) => states.get(server) === state);
  const [lost, ...others] = fault.kind === 'servers-lost' ? fault.servers : [];
  const returns = lost === undefined || others.length > 0 ? undefined : returnTimeline(topology, lost)?.total;
  const stops = servers.some((one) => one.writes === 'stops');
  const apart = writing('takes').length > 1;
  return {
    fault,
    servers,
    ...(stops ? { window: GUARD_WINDOW } : {}),
    conflicts: apart ? 'while-apart' : stops && fault.kind === 'cut-off' ? 'in-window' : 'never',
    stranded:
      fault.kind === 'servers-lost' &&
      replicas.some(({ server }) => fault.servers.includes(server) && takesWritesAtFirst(topology, graph, server)),
    ...(returns ? { returns } : {}),
  };
}

const groupOf = (topology: Topology, group: EntityId | undefined): MultiMasterGroupFacts | undefined =>
  topology.multiMasterGroups.find(({ id }) => id === group);

function writeState(
  topology: Topology,
  graph: ReplicationGraph,
  { directory, server, role, group }: ReplicaFacts,
  side: readonly EntityId[],
): WriteState {
  if (role === 'hub' || role === 'consumer') return 'refers';
  const several = groupOf(topology, group);
  // Nobody becomes master by himself (F16); a master that is cut off stays one.
  if (!several) return graph.writersAtFirst(directory).some(({ id }) => id === server) ? 'takes' : 'refuses';
  if (several.partitionPolicy === 'available') return 'takes';
  const present = several.suppliers.filter((one) => side.includes(one)).length;
  return present >= quorumOf(several.suppliers.length) ? 'takes' : 'stops';
}

const takesWritesAtFirst = (topology: Topology, graph: ReplicationGraph, server: EntityId): boolean =>
  topology.multiMasterGroups.some(({ suppliers }) => suppliers.includes(server)) ||
  topology.failoverGroups.some(({ directory }) => graph.writersAtFirst(directory).some(({ id }) => id === server));

/** The servers of its side whose changes get to a server, on whatever way, itself among them. */
function heardBy(
  graph: ReplicationGraph,
  directory: EntityId,
  server: EntityId,
  side: readonly EntityId[],
): ReadonlySet<EntityId> {
  const heard = new Set([server]);
  for (const at of heard)
    for (const { supplier, consumer } of graph.agreementsOf(directory))
      if (consumer === at) for (const one of graph.suppliersOf(supplier)) if (side.includes(one)) heard.add(one);
  return heard;
}

/** Servers of one kind in groups whose members get each other's changes. */
function islandsOf(
  graph: ReplicationGraph,
  directory: EntityId,
  sides: readonly (readonly EntityId[])[],
  isOne: (server: EntityId) => boolean,
): readonly (readonly EntityId[])[] {
  return sides.flatMap((side) => {
    const left = new Set(side.filter(isOne));
    const islands: EntityId[][] = [];
    for (const one of left) {
      const heard = heardBy(graph, directory, one, side);
      const island = [...left].filter((other) => heard.has(other) && heardBy(graph, directory, other, side).has(one));
      for (const each of island) left.delete(each);
      islands.push(island);
    }
    return islands;
  });
}
