import type { ReplicationAgreementFacts } from '../../../topology/replication';
import type { EntityId } from '../../../topology/units';
import { replicationGraph, type ReplicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** Updates that come back to where they came from, outside a group that knows its own. */
export const cycle: Rule = {
  id: 'replication/cycle',
  severity: 'error',
  requirements: ['R4', 'R18'],
  title: 'Outside of groups agreements lead to no server twice.',
  rationale: 'An update that reaches its supplier again on a way around starts anew there: it never comes to rest.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories.flatMap(({ id, path }) => {
      const loop = loopOf(graph, id, graph.agreementsOf(id));
      return loop.length === 0
        ? []
        : [
            {
              path,
              problem: 'agreements lead around in a circle',
              value: loop.map((server) => graph.server(server).name).join(' to '),
              remedy: 'remove one of them, or make the servers suppliers of a group',
            },
          ];
    });
  },
};

/** The servers of a circle, the first one again at the end; members of a group may feed each other. */
function loopOf(
  graph: ReplicationGraph,
  directory: EntityId,
  agreements: readonly ReplicationAgreementFacts[],
): readonly EntityId[] {
  const next = new Map<EntityId, EntityId[]>();
  for (const { supplier, consumer } of agreements) {
    const from = graph.supplierOf(supplier);
    if (from === undefined || from === consumer || graph.shareGroup(directory, from, consumer)) continue;
    next.set(from, [...(next.get(from) ?? []), consumer]);
  }
  const done = new Set<EntityId>();
  const walk = (at: EntityId, way: readonly EntityId[]): readonly EntityId[] => {
    if (way.includes(at)) return [...way.slice(way.indexOf(at)), at];
    if (done.has(at)) return [];
    done.add(at);
    for (const to of next.get(at) ?? []) {
      const found = walk(to, [...way, at]);
      if (found.length > 0) return found;
    }
    return [];
  };
  for (const start of next.keys()) {
    const found = walk(start, []);
    if (found.length > 0) return found;
  }
  return [];
}
