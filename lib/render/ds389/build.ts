import { comparableName, partsOf } from '../../topology/distinguished-name';
import { ds389Agreements } from '../../topology/ds389-agreements';
import { firstServer, initializationOrder } from '../../topology/initialization';
import { oncePerTopology } from '../../topology/once-per-topology';
import { by, sortedUnique } from '../../topology/order';
import type { DirectoryFacts, DirectoryServerFacts, SchemaFileFacts } from '../../topology/replication';
import { replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { schemaFilesOf } from '../schema-files';
import type { LdifRecord } from '../slapd/ldif';
import { agreementEntry, agreementRecord } from './agreement';
import { databaseRecords, type Ds389Copy } from './database';
import { linkRecords } from './link';
import { peerRecord, pluginRecords, serverRecords } from './server';
import { serverUrl, suffixOf } from './words';

/** A consumer that a server initialises. */
export interface InitializationStep {
  readonly suffix: string;
  /** The entry of the agreement. */
  readonly agreement: string;
  readonly consumer: DirectoryServerFacts;
  readonly url: string;
}

/** Everything that makes an instance of 389 Directory Server a replica. */
export interface Ds389Configuration {
  readonly server: DirectoryServerFacts;
  /** Entries of `cn=config` without agreements, in the order in which they can be added. */
  readonly records: readonly LdifRecord[];
  readonly agreements: readonly LdifRecord[];
  /** Consumers that this server initialises, in order. */
  readonly initialization: readonly InitializationStep[];
  readonly schemaFiles: readonly SchemaFileFacts[];
  /** Names of secrets in `records`, sorted. */
  readonly secrets: readonly string[];
  /** Names of secrets in `agreements`, sorted. */
  readonly agreementSecrets: readonly string[];
}

/** The configuration of a server of the engine `ds389`. */
export function build(topology: Topology, server: DirectoryServerFacts): Ds389Configuration {
  const copies = copiesOf(topology, server);
  const suffixes = [...copies.map(({ directory }) => directory), ...server.databaseLinks].map(suffixOf);
  const above = (suffix: string): string | undefined => parentOf(suffix, suffixes);
  const graph = replicationGraph(topology);
  const outgoing = copies.flatMap(({ directory }) =>
    ds389Agreements(topology, directory.id)
      .filter(({ supplier }) => supplier === server.id)
      .map((agreement) => ({ directory, agreement, consumer: graph.server(agreement.consumer) })),
  );
  const peers = new Map(copies.flatMap((copy) => copy.peers).map((peer) => [peer.id, peer]));
  return {
    server,
    records: [
      ...serverRecords(server),
      ...pluginRecords(
        server,
        copies.map(({ directory }) => suffixOf(directory)),
      ),
      ...[...peers.values()].sort(by(({ id }) => id)).map(peerRecord),
      ...copies.flatMap((copy) => databaseRecords({ ...copy, parentSuffix: above(suffixOf(copy.directory)) })),
      ...server.databaseLinks.flatMap((link, index) => linkRecords(link, index + 1, above(suffixOf(link)))),
    ],
    agreements: outgoing.map(({ directory, agreement, consumer }) => agreementRecord(directory, consumer, agreement)),
    initialization: copies.flatMap(({ directory }) =>
      orderOf(topology, directory.id)
        .filter(({ supplier }) => supplier === server.id)
        .map((step) => graph.server(step.consumer))
        .map((consumer) => ({
          suffix: suffixOf(directory),
          agreement: agreementEntry(directory, consumer),
          consumer,
          url: serverUrl(consumer),
        })),
    ),
    schemaFiles: schemaFilesOf(
      'ds389',
      copies.map(({ directory }) => directory),
    ),
    secrets: sortedUnique(copies.filter((copy) => copy.byPassword).map(({ directory }) => directory.replicationSecret)),
    agreementSecrets: sortedUnique(
      outgoing
        .filter(({ agreement }) => agreement.authentication === 'simple')
        .map(({ directory }) => directory.replicationSecret),
    ),
  };
}

/** Who fills whom in a directory: one order for all of its servers. */
const orderOf = oncePerTopology((topology, directory: EntityId) =>
  initializationOrder(topology, directory, ds389Agreements(topology, directory)),
);

/** The copies of a server: those of upper suffixes first, as a suffix is added below one that is there. */
function copiesOf(topology: Topology, server: DirectoryServerFacts): readonly Ds389Copy[] {
  const graph = replicationGraph(topology);
  return topology.replicas
    .filter((replica) => replica.server === server.id)
    .map((replica) => ({ replica, directory: graph.directory(replica.directory) }))
    .sort((a, b) => depth(a.directory) - depth(b.directory) || by(idOf)(a, b))
    .map(({ replica, directory }) => {
      const incoming = ds389Agreements(topology, directory.id).filter(({ consumer }) => consumer === server.id);
      const strong = incoming.filter(({ authentication }) => authentication === 'strong');
      const writer = firstServer(topology, directory.id);
      const writes = replica.role === 'supplier' || replica.role === 'mirror';
      return {
        replica,
        directory,
        peers: strong.map(({ supplier }) => graph.server(supplier)).sort(by(({ id }) => id)),
        byPassword: incoming.some(({ authentication }) => authentication === 'simple'),
        writers: writes || writer === undefined ? [] : [graph.server(writer)],
      };
    });
}

const idOf = ({ directory }: { readonly directory: DirectoryFacts }): string => directory.id;

const depth = ({ suffix }: { readonly suffix: string }): number => partsOf(suffix).length;

/** The nearest of the suffixes above one. */
function parentOf(suffix: string, suffixes: readonly string[]): string | undefined {
  const parts = partsOf(suffix);
  const above = parts.slice(1).map((_part, index) => comparableName(parts.slice(index + 1).join(',')));
  const found = above.find((name) => suffixes.some((other) => comparableName(other) === name));
  return suffixes.find((other) => comparableName(other) === found);
}
