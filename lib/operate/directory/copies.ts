import { comparableName } from '../../topology/distinguished-name';
import type {
  DirectoryFacts,
  DirectoryServerFacts,
  FailoverGroupFacts,
  ReplicaFacts,
} from '../../topology/replication';
import { replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';

/** The copy of a directory on a server of OpenLDAP. */
export interface Copy {
  readonly directory: DirectoryFacts;
  readonly server: DirectoryServerFacts;
  readonly replica: ReplicaFacts;
  /** How many directories the server has. */
  readonly directories: number;
  /** What it is to hold; absent: what its supplier holds of another part, which can not be told apart from here. */
  readonly part?: Part;
}

/** A part of a directory. Attributes that are left out do not count: entries keep their number and time of change. */
export interface Part {
  readonly base: string;
  readonly filter?: string;
}

/** The copies of a directory: members of groups first, then by role and name. */
export function copiesOf(topology: Topology, directory: DirectoryFacts): readonly Copy[] {
  const graph = replicationGraph(topology);
  const rank = ({ role }: ReplicaFacts): number => ['supplier', 'mirror', 'hub', 'consumer'].indexOf(role);
  return graph
    .replicasOf(directory.id)
    .map((replica) => ({ replica, server: graph.server(replica.server) }))
    .filter(({ server }) => server.engine === 'openldap')
    .sort((a, b) => rank(a.replica) - rank(b.replica) || (a.server.name < b.server.name ? -1 : 1))
    .map(({ replica, server }) => ({
      directory,
      server,
      replica,
      directories: topology.replicas.filter((one) => one.server === server.id).length,
      part: partOf(topology, directory, server.id, new Set()),
    }));
}

/** The whole of a directory. */
export const wholeOf = ({ suffix }: DirectoryFacts): Part => ({ base: suffix });

export const isSamePart = (one: Part, other: Part): boolean =>
  comparableName(one.base) === comparableName(other.base) && one.filter === other.filter;

function partOf(
  topology: Topology,
  directory: DirectoryFacts,
  server: EntityId,
  seen: ReadonlySet<EntityId>,
): Part | undefined {
  const graph = replicationGraph(topology);
  const role = graph.replica(directory.id, server)?.role;
  const whole = wholeOf(directory);
  if (role === 'supplier' || role === 'mirror') return whole;
  const parts = graph
    .agreementsOf(directory.id)
    .filter(({ consumer }) => consumer === server)
    .map(({ area: { base, filter }, supplier }): Part | undefined => {
      const above = graph
        .suppliersOf(supplier)
        .map((one) => (seen.has(one) ? undefined : partOf(topology, directory, one, new Set([...seen, server]))));
      if (above.some((part) => part === undefined)) return undefined;
      const own = { base, filter };
      if (above.every((part) => part && isSamePart(part, whole))) return own;
      // A part of a part is that part only where it takes all of it.
      if (!isSamePart(own, whole)) return undefined;
      return above.every((part) => part && isSamePart(part, above[0] as Part)) ? above[0] : undefined;
    });
  const [first] = parts;
  return first && parts.every((part) => part && isSamePart(part, first)) ? first : undefined;
}

/** The failover group of a directory; rules allow one. */
export function failoverGroupOf(topology: Topology, directory: DirectoryFacts): FailoverGroupFacts | undefined {
  return topology.failoverGroups.find((group) => group.directory === directory.id);
}
