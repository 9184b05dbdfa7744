import { lookup } from '../../../topology/lookup';
import type { Topology } from '../../../topology/topology';
import type { EntityId } from '../../../topology/units';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R17: an agreement needs a line. */
export const reachable: Rule = {
  id: 'replication/reachable',
  severity: 'error',
  requirements: ['R17', 'Q5'],
  title: 'Servers with an agreement reach each other, where links between sites are described.',
  rationale: 'A supplier that does not reach its consumer tries for ever, and the consumer stays as it was.',
  check: (topology) => {
    if (topology.siteLinks.length === 0) return [];
    const graph = replicationGraph(topology);
    const site = (server: EntityId): EntityId => lookup(topology).host(graph.server(server).host).site;
    const areas = connected(topology);
    return topology.replicationAgreements.flatMap(({ path, supplier, consumer }) => {
      const to = site(consumer);
      const apart = graph.suppliersOf(supplier).find((from) => areas.get(site(from)) !== areas.get(to));
      return apart === undefined
        ? []
        : [
            {
              path,
              problem: `${graph.server(apart).name} does not reach ${graph.server(consumer).name}: no link leads from site to site`,
              value: `${site(apart)} to ${to}`,
              remedy: 'describe the SiteLink, or feed it by a server that it reaches',
            },
          ];
    });
  },
};

/** Sites that a chain of links connects have the same number. */
function connected({ sites, siteLinks }: Topology): ReadonlyMap<EntityId, number> {
  const areas = new Map(sites.map(({ id }, index) => [id, index]));
  for (const { sites: ends } of siteLinks) {
    const [one, other] = ends.map((id) => areas.get(id));
    for (const [id, area] of areas) if (area === other && one !== undefined) areas.set(id, one);
  }
  return areas;
}
