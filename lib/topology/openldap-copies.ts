import { bestPath } from './best-path';
import { chainingServers } from './chaining';
import { partsOf, comparableName } from './distinguished-name';
import { groupBy, lookup } from './lookup';
import { oncePerTopology } from './once-per-topology';
import { by } from './order';
import { membersOf, replicationGraph } from './replication-graph';
import type {
  AttributeSelectionFacts,
  DirectoryFacts,
  DirectoryServerFacts,
  FailoverGroupFacts,
  ReplicaAuthentication,
  ReplicaFacts,
  ReplicationAgreementFacts,
  ReplicationAreaFacts,
  UpdateModeFacts,
} from './replication';
import type { Topology } from './topology';
import type { EntityId, Milliseconds } from './units';

/** One server reads a directory from another one. */
export interface Feed {
  /** What lines are sorted by. */
  readonly key: string;
  readonly directory: DirectoryFacts;
  readonly provider: DirectoryServerFacts;
  readonly consumer: DirectoryServerFacts;
  readonly area: ReplicationAreaFacts;
  readonly attributes: AttributeSelectionFacts;
  readonly updateMode: UpdateModeFacts;
  readonly authentication: ReplicaAuthentication;
  /** Reads changes from the log of the provider (delta-syncrepl), and not whole entries. */
  readonly delta: boolean;
  /** The provider is the master of a group: after a switch another feed with this key counts. */
  readonly ofMaster: boolean;
  /** Round trip over the lines between their sites; 0 on one site. */
  readonly roundTripTime: Milliseconds;
}

/** The copy of a directory on a server, with all that its configuration depends on. */
export interface Copy {
  readonly directory: DirectoryFacts;
  readonly replica: ReplicaFacts;
  /** What the server reads at first, sorted by key. */
  readonly incoming: readonly Feed[];
  /** What it reads at first or after a switch, sorted by key. */
  readonly possible: readonly Feed[];
  /** Who reads from this server, now or after a switch: one for each agreement. */
  readonly readers: readonly Reader[];
  /** Some of them read changes from its log. */
  readonly logged: boolean;
  /** Its directory has a failover group, hence one master. */
  readonly failover: boolean;
  /** Servers to which a client is referred that wants to write: the master; of several suppliers not among themselves. */
  readonly writers: readonly DirectoryServerFacts[];
  /** The plug-in for referential integrity is on at some server of the directory. */
  readonly references: boolean;
  /** Servers that may come to take the writes of its clients; none where it refers them. */
  readonly chainsTo: readonly DirectoryServerFacts[];
  /** Servers that bring writes of their clients here, sorted by id. */
  readonly proxies: readonly DirectoryServerFacts[];
}

/** A server that reads by one agreement. */
export interface Reader {
  readonly server: DirectoryServerFacts;
  readonly authentication: ReplicaAuthentication;
  /** What the agreement gives it (R21). */
  readonly attributes: AttributeSelectionFacts;
  /** Which entries it asks for. */
  readonly filter?: string;
  /** Reads the log of changes too. */
  readonly delta: boolean;
}

/** The copies of an OpenLDAP server: those of subordinate suffixes first, as slapd wants them, then by id. */
export function copiesOf(topology: Topology, { id }: DirectoryServerFacts): readonly Copy[] {
  return copiesOfServer(topology, id);
}

const copiesOfServer = oncePerTopology((topology, server: EntityId): readonly Copy[] => {
  const graph = replicationGraph(topology);
  return topology.replicas
    .filter((replica) => replica.server === server)
    .map((replica) => ({ directory: graph.directory(replica.directory), replica }))
    .sort((a, b) => partsOf(b.directory.suffix).length - partsOf(a.directory.suffix).length || by(idOf)(a, b))
    .map(({ directory, replica }) => {
      const feeds = feedsOf(topology, directory.id);
      const failover = topology.failoverGroups.some((group) => group.directory === directory.id);
      const outgoing = feeds.from.get(server) ?? [];
      return {
        directory,
        replica,
        incoming: feeds.now.get(server) ?? [],
        possible: feeds.possible.get(server) ?? [],
        readers: outgoing.map(({ consumer, authentication, attributes, area, delta }) => ({
          server: consumer,
          authentication,
          attributes,
          filter: area.filter,
          delta,
        })),
        logged: outgoing.some(({ delta }) => delta),
        failover,
        references: graph
          .replicasOf(directory.id)
          .some((one) => graph.server(one.server).plugins.includes('referential-integrity')),
        chainsTo:
          replica.updates === 'chain' ? graph.writersOf(directory.id).map((one) => graph.server(one.server)) : [],
        proxies:
          replica.role === 'supplier' || replica.role === 'mirror' ? chainingServers(topology, directory.id) : [],
        writers:
          failover || replica.role === 'hub' || replica.role === 'consumer' ? graph.writersAtFirst(directory.id) : [],
      };
    });
});

const idOf = ({ directory }: { readonly directory: DirectoryFacts }): string => directory.id;

/** The feeds of a directory, sorted by key: a server may have thousands beside it, and each has a few of them. */
interface Feeds {
  /** What is read at first, by consumer. */
  readonly now: ReadonlyMap<EntityId, readonly Feed[]>;
  /** What may be read after any switch, by consumer. */
  readonly possible: ReadonlyMap<EntityId, readonly Feed[]>;
  /** The same by provider. */
  readonly from: ReadonlyMap<EntityId, readonly Feed[]>;
}

const feedsOf = oncePerTopology((topology, id: EntityId): Feeds => {
  const graph = replicationGraph(topology);
  const directory = graph.directory(id);
  const groups = topology.failoverGroups.filter((group) => group.directory === directory.id);
  const siteOf = (host: EntityId): EntityId => lookup(topology).host(host).site;
  const single = !topology.multiMasterGroups.some((group) => group.directory === directory.id);
  const feed = (key: string, from: EntityId, to: EntityId, terms: Terms, ofMaster = false): readonly Feed[] => {
    const [provider, consumer] = [graph.server(from), graph.server(to)];
    if (provider.engine !== 'openldap') return [];
    const { area, attributes, updateMode, authentication } = terms;
    const delta = single && isWhole(directory, terms);
    const roundTripTime = roundTripBetween(topology, `${siteOf(provider.host)}\n${siteOf(consumer.host)}`);
    const servers = { key, directory, provider, consumer, ofMaster, roundTripTime };
    return [{ ...servers, area, attributes, updateMode, authentication, delta }];
  };
  const within = groups.flatMap((group) =>
    membersOf(group).flatMap((to) =>
      membersOf(group)
        .filter((from) => from !== to)
        .flatMap((from) => feed(`${group.id} ${from}`, from, to, memberTerms(directory, group))),
    ),
  );
  const outside = (all: boolean): readonly Feed[] =>
    graph.agreementsOf(directory.id).flatMap((agreement) => {
      const { id, supplier, consumer } = agreement;
      const suppliers = graph.suppliersOf(supplier);
      // The agreements of a group with its own mirrors are lines between all members.
      if (supplier.kind === 'group' && suppliers.includes(consumer)) return [];
      return (all ? suppliers : suppliers.slice(0, 1)).flatMap((from) =>
        feed(id, from, consumer, agreement, supplier.kind === 'group'),
      );
    });
  const sorted = (feeds: readonly Feed[]): readonly Feed[] => [...feeds].sort(by(({ key }) => key));
  const possible = sorted([...within, ...outside(true)]);
  return {
    now: groupBy(sorted([...within, ...outside(false)]), ({ consumer }) => [consumer.id]),
    possible: groupBy(possible, ({ consumer }) => [consumer.id]),
    from: groupBy(possible, ({ provider }) => [provider.id]),
  };
});

/** @param sites ids of two sites, a line each */
const roundTripBetween = oncePerTopology((topology, sites: string): Milliseconds => {
  const [from = '', to = ''] = sites.split('\n');
  return bestPath(topology.siteLinks, from, to)?.roundTripTime ?? 0;
});

type Terms = Pick<ReplicationAgreementFacts, 'area' | 'attributes' | 'updateMode' | 'authentication'>;

/** Members keep exact copies of each other (F9). */
function memberTerms({ suffix }: DirectoryFacts, { authentication }: FailoverGroupFacts): Terms {
  return {
    area: { base: suffix, exclusions: [] },
    attributes: { kind: 'all' },
    updateMode: { initiator: 'supplier', when: 'on-change' },
    authentication,
  };
}

/**
 * The log of changes serves those who get everything at once. For others the log would have to be filtered as the
 * entries are, which slapd does not do.
 */
function isWhole({ suffix }: DirectoryFacts, { area, attributes, updateMode }: Terms): boolean {
  return (
    comparableName(area.base) === comparableName(suffix) &&
    area.filter === undefined &&
    attributes.kind === 'all' &&
    updateMode.when === 'on-change'
  );
}
