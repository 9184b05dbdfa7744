import { byId, groupBy } from './lookup';
import type {
  DirectoryFacts,
  DirectoryServerFacts,
  FailoverGroupFacts,
  ReplicaFacts,
  ReplicationAgreementFacts,
  SourceFacts,
} from './replication';
import type { Topology } from './topology';
import type { EntityId } from './units';

/** Joins of directories, servers, replicas and agreements that rules, predictions and renderers share; made once per topology. */
export interface ReplicationGraph {
  directory(id: EntityId): DirectoryFacts;
  server(id: EntityId): DirectoryServerFacts;
  /** The replicas of a directory, in the topology's order. */
  replicasOf(directory: EntityId): readonly ReplicaFacts[];
  /** Those that take writes, now or after a switch. */
  writersOf(directory: EntityId): readonly ReplicaFacts[];
  /** Those that clients are sent to for writes: the master at first, the preferred writer, or all suppliers. */
  writersAtFirst(directory: EntityId): readonly DirectoryServerFacts[];
  agreementsOf(directory: EntityId): readonly ReplicationAgreementFacts[];
  /** What a server is for a directory; the first one where it is listed twice. */
  replica(directory: EntityId, server: EntityId): ReplicaFacts | undefined;
  /** The server that supplies now: the first master of a group. */
  supplierOf(source: SourceFacts): EntityId | undefined;
  /** All servers that may come to supply. */
  suppliersOf(source: SourceFacts): readonly EntityId[];
  /** The multi-master or failover group, of a directory, that has both servers as members. */
  shareGroup(directory: EntityId, one: EntityId, other: EntityId): boolean;
}

/** The servers of a failover group: the first master, then the mirrors in the order of the stack. */
export const membersOf = ({ master, mirrors }: Pick<FailoverGroupFacts, 'master' | 'mirrors'>): readonly EntityId[] => [
  master,
  ...mirrors,
];

const graphs = new WeakMap<Topology, ReplicationGraph>();

/** The graph of a topology. Throws for an id that the topology does not hold. */
export function replicationGraph(topology: Topology): ReplicationGraph {
  const known = graphs.get(topology);
  if (known) return known;
  const made = build(topology);
  graphs.set(topology, made);
  return made;
}

function build(topology: Topology): ReplicationGraph {
  const directories = byId('directory', topology.directories);
  const servers = byId('directory server', topology.directoryServers);
  const groups = new Map(topology.failoverGroups.map((one) => [one.id, one]));
  const replicas = groupBy(topology.replicas, (one) => [one.directory]);
  const agreements = groupBy(topology.replicationAgreements, (one) => [one.directory]);
  const replica = (directory: EntityId, server: EntityId): ReplicaFacts | undefined =>
    replicas.get(directory)?.find((one) => one.server === server);
  return {
    directory: directories,
    server: servers,
    replicasOf: (directory) => replicas.get(directory) ?? [],
    writersOf: (directory) =>
      (replicas.get(directory) ?? []).filter(({ role }) => role === 'supplier' || role === 'mirror'),
    writersAtFirst: (directory) => {
      const of = (one: { readonly directory: EntityId }): boolean => one.directory === directory;
      return [
        ...topology.failoverGroups.filter(of).map(({ master }) => master),
        ...topology.multiMasterGroups
          .filter(of)
          .flatMap(({ preferredWriter, suppliers }) => (preferredWriter === undefined ? suppliers : [preferredWriter])),
      ].map(servers);
    },
    agreementsOf: (directory) => agreements.get(directory) ?? [],
    replica,
    supplierOf: (source) => (source.kind === 'server' ? source.server : groups.get(source.group)?.master),
    suppliersOf: (source) => {
      if (source.kind === 'server') return [source.server];
      const group = groups.get(source.group);
      return group ? membersOf(group) : [];
    },
    shareGroup: (directory, one, other) => {
      const group = replica(directory, one)?.group;
      return group !== undefined && group === replica(directory, other)?.group;
    },
  };
}
