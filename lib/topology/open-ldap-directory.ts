import { replicationGraph } from './replication-graph';
import type { Topology } from './topology';
import type { EntityId } from './units';

/** Whether all servers of a directory are of OpenLDAP. */
export function isOpenLdap(topology: Topology, directory: EntityId): boolean {
  const graph = replicationGraph(topology);
  return graph.replicasOf(directory).every(({ server }) => graph.server(server).engine === 'openldap');
}
