import { lookup } from '../../../topology/lookup';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** E32, S9: of two masters, one on each site, it is said how they go together. */
export const twoMasters: Rule = {
  id: 'recovery/two-masters',
  severity: 'warning',
  requirements: ['E32', 'S9', 'Q11', 'Q12'],
  title:
    'Two masters of which one is on the primary and one on the disaster-recovery site are one master with a mirror, or have a witness on a third site.',
  rationale:
    'Two of two are no majority of anything. With a quorum the loss of either site stops all writes, without one each side goes on alone when the line is cut, and changes that were acknowledged are thrown away afterwards.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.disasterRecoverySites.flatMap(({ site, primary }) =>
      topology.multiMasterGroups.flatMap(({ path, suppliers, partitionPolicy }) => {
        const sites = suppliers.map((id) => lookup(topology).host(graph.server(id).host).site);
        const count = (of: string): number => sites.filter((one) => one === of).length;
        if (count(site) === 0 || count(primary) === 0) return [];
        const majority = Math.floor(suppliers.length / 2) + 1;
        const needed = [primary, site].find((one) => suppliers.length - count(one) < majority);
        const stops = suppliers.length > 2 && partitionPolicy === 'quorum' && needed !== undefined;
        if (suppliers.length > 2 && !stops) return [];
        return [
          {
            path,
            problem: stops
              ? `the loss of site ${needed} leaves no majority of the suppliers`
              : 'two masters, one on each site, and nothing says how they go together',
            value: suppliers.join(', '),
            remedy:
              "use a FailoverGroup with a mirror on the disaster-recovery site, or partitionPolicy 'quorum' with a witness on a third site",
            property: 'suppliers',
          },
        ];
      }),
    );
  },
};
