import { LOG_DAYS } from '../../topology/change-log';
import { replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import type { Bytes, EntityId } from '../../topology/units';
import { volumePerDay } from './volume';

/** What clients and operators of a directory may count on while nothing is broken. */
export interface DirectoryGuarantees {
  readonly directory: EntityId;
  readonly name: string;
  /** `failover`: one at a time, and a person names the next one (F3, Q4). `one`: the same one always. `several`: more than one at a time. */
  readonly writers: 'failover' | 'one' | 'several';
  /**
   * A change that was acknowledged may be undone by a later one of the same entry at another server (R10, R11, Q16). Servers
   * may apply changes in different orders (Q8) and come to the same entries, except where one of the changes was a rename or a
   * removal (Q9).
   */
  readonly reversible: boolean;
  /** Who writes at one server and reads at another one right away may see what was there before: also an old password (Q2). */
  readonly readsMayBeOld: boolean;
  /** `replicated`: part of the entries, evaluated by each server (R39). `configured`: part of each server's configuration. */
  readonly accessControl: 'replicated' | 'configured' | 'both';
  /** What a log of changes comes to on each server that others fetch from (R7); absent where no load is declared. */
  readonly logOfChanges?: Bytes;
}

/** The guarantees of each directory that any server holds: how single-master and multi-master compare, for this deployment (F3). */
export function directoryGuarantees(topology: Topology): readonly DirectoryGuarantees[] {
  const graph = replicationGraph(topology);
  return topology.directories.flatMap(({ id, name, load }) => {
    const replicas = graph.replicasOf(id);
    if (replicas.length === 0) return [];
    const failover = topology.failoverGroups.some(({ directory }) => directory === id);
    const several = !failover && graph.writersOf(id).length > 1;
    const engines = new Set(replicas.map(({ server }) => graph.server(server).engine));
    return [
      {
        ...{ directory: id, name, writers: failover ? 'failover' : several ? 'several' : 'one' },
        reversible: several,
        readsMayBeOld: replicas.length > 1,
        accessControl: engines.size > 1 ? 'both' : engines.has('ds389') ? 'replicated' : 'configured',
        ...(load ? { logOfChanges: replicas.length > 1 ? volumePerDay(load) * LOG_DAYS : 0 } : {}),
      } satisfies DirectoryGuarantees,
    ];
  });
}
