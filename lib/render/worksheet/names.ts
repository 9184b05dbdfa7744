import type { DirectoryServerFacts, ReplicationAgreementFacts } from '../../topology/replication';
import { comparableName } from '../../topology/distinguished-name';
import { membersOf, replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';

/** The names that the certificate of a server holds, or has to hold (F21). */
export interface CertificateNames {
  readonly subject: string;
  readonly directoryNames: readonly string[];
  readonly dnsNames: readonly string[];
}

/** Those of the user's own certificate; else the server is the subject, and its groups are alternative names (E27). */
export function certificateNames(topology: Topology, server: DirectoryServerFacts): CertificateNames {
  if (server.certificate) return server.certificate;
  const groups = topology.failoverGroups
    .filter((group) => membersOf(group).includes(server.id))
    .map(({ identity }) => [comparableName(identity), identity] as const);
  return { subject: server.identity, directoryNames: [...new Map(groups).values()], dnsNames: [server.hostname] };
}

/** Whether both ends are suppliers of one group: what is between them is the product's own protocol, no agreement (F4). */
export function crossesGroupOfSuppliers(topology: Topology, agreement: ReplicationAgreementFacts): boolean {
  const { directory, supplier, consumer } = agreement;
  return topology.multiMasterGroups.some(
    (group) =>
      group.directory === directory &&
      supplier.kind === 'server' &&
      [supplier.server, consumer].every((end) => group.suppliers.includes(end)),
  );
}

/** The names by which the two ends know each other (F12, F22). */
export interface AgreementNames {
  readonly supplier: string;
  readonly consumer: string;
  /** Both are members of the failover group. */
  readonly inside: boolean;
}

/** Inside a group its members use their own names; to others a member of a group is the group. */
export function agreementNames(topology: Topology, agreement: ReplicationAgreementFacts): AgreementNames {
  const graph = replicationGraph(topology);
  const { directory, supplier, consumer } = agreement;
  const from = graph.supplierOf(supplier);
  const inside = from !== undefined && graph.shareGroup(directory, from, consumer);
  const groupOf = (server: EntityId | undefined): string | undefined =>
    topology.failoverGroups.find(
      (group) => group.directory === directory && server !== undefined && membersOf(group).includes(server),
    )?.identity;
  const own = from === undefined ? '' : graph.server(from).identity;
  return {
    supplier: inside ? own : (groupOf(from) ?? own),
    consumer: graph.server(consumer).identity,
    inside,
  };
}
