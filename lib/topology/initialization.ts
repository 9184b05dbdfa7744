import { by } from './order';
import { replicationGraph } from './replication-graph';
import type { Topology } from './topology';
import type { EntityId } from './units';

/** One supplier sends another server all entries of a directory. */
export interface Initialization {
  readonly supplier: EntityId;
  readonly consumer: EntityId;
}

/**
 * Who sends whom a directory at first, in this order: nobody gets it twice, and nobody sends it before having got it. It
 * begins at the server that is loaded by hand: the preferred writer, the master, or the first supplier. Those who are near
 * to it come first, and of several that could send the one that is itself reached first does.
 * @param agreements who may send to whom
 */
export function initializationOrder(
  topology: Topology,
  directory: EntityId,
  agreements: readonly Initialization[],
): readonly Initialization[] {
  const first = firstServer(topology, directory);
  if (first === undefined) return [];
  const reached = new Set([first]);
  const order: Initialization[] = [];
  // The set grows while it is walked: each server that got the directory is a source in turn.
  for (const supplier of reached) {
    const ways = agreements.filter((one) => one.supplier === supplier);
    for (const { consumer } of [...ways].sort(by((one) => one.consumer))) {
      if (reached.has(consumer)) continue;
      reached.add(consumer);
      order.push({ supplier, consumer });
    }
  }
  return order;
}

/** The server of a directory that is loaded by hand; undefined where nobody takes writes. */
export function firstServer(topology: Topology, directory: EntityId): EntityId | undefined {
  const of = (group: { readonly directory: EntityId }): boolean => group.directory === directory;
  const [failover] = topology.failoverGroups.filter(of);
  const [group] = topology.multiMasterGroups.filter(of);
  return (
    group?.preferredWriter ??
    failover?.master ??
    replicationGraph(topology)
      .replicasOf(directory)
      .find(({ role, retiring }) => role === 'supplier' && !retiring)?.server
  );
}
