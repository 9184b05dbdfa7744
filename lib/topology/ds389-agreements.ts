import { oncePerTopology } from './once-per-topology';
import { by } from './order';
import type {
  AttributeSelectionFacts,
  ReplicaAuthentication,
  ReplicationAgreementFacts,
  UpdateModeFacts,
} from './replication';
import { replicationGraph } from './replication-graph';
import type { Topology } from './topology';
import type { EntityId } from './units';

/** One supplier of 389 Directory Server sends a directory to one consumer. */
export interface Ds389Agreement {
  readonly directory: EntityId;
  readonly supplier: EntityId;
  readonly consumer: EntityId;
  readonly attributes: AttributeSelectionFacts;
  readonly updateMode: UpdateModeFacts;
  readonly authentication: ReplicaAuthentication;
}

/**
 * The agreements of a directory as 389 Directory Server has them, sorted by supplier and consumer. Members of a failover
 * group feed each other, and all of them feed what follows the group: none of that has to change when the writer does.
 */
export const ds389Agreements: (topology: Topology, directory: EntityId) => readonly Ds389Agreement[] =
  oncePerTopology(agreementsOf);

function agreementsOf(topology: Topology, directory: EntityId): readonly Ds389Agreement[] {
  const graph = replicationGraph(topology);
  const known = new Map<string, Ds389Agreement>();
  const add = (supplier: EntityId, consumer: EntityId, terms: Terms): void => {
    const { attributes, updateMode, authentication } = terms;
    const key = `${supplier} ${consumer}`;
    if (supplier === consumer || known.has(key)) return;
    if ([supplier, consumer].some((id) => graph.server(id).engine !== 'ds389')) return;
    known.set(key, { directory, supplier, consumer, attributes, updateMode, authentication });
  };
  const agreements = graph.agreementsOf(directory);
  // What is said of two servers goes before what follows from a group.
  for (const agreement of [...agreements].sort(by(({ supplier: { kind } }) => (kind === 'server' ? '0' : '1')))) {
    for (const supplier of graph.suppliersOf(agreement.supplier)) add(supplier, agreement.consumer, agreement);
  }
  for (const { master, mirrors, authentication } of topology.failoverGroups.filter(
    (group) => group.directory === directory,
  )) {
    for (const supplier of mirrors)
      add(supplier, master, {
        attributes: { kind: 'all' },
        updateMode: { initiator: 'supplier', when: 'on-change' },
        authentication,
      });
  }
  return [...known.values()].sort(by(({ supplier, consumer }) => `${supplier} ${consumer}`));
}

type Terms = Pick<ReplicationAgreementFacts, 'attributes' | 'updateMode' | 'authentication'>;
