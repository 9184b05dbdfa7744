import { membersOf, replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** F4: several products can only share a directory that one of them masters. */
export const multiVendor: Rule = {
  id: 'replication/multi-vendor',
  severity: 'error',
  requirements: ['F2', 'F4'],
  title: 'Suppliers of a multi-master group, and members of a failover group, run one engine.',
  rationale:
    'Every multi-master protocol belongs to its product, so replication between products implies a single master; and a mirror is an exact copy of its master, configuration included.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    const groups = [
      ...topology.multiMasterGroups.map(({ path, suppliers }) => ({ path, members: suppliers, property: 'suppliers' })),
      ...topology.failoverGroups.map((group) => ({
        path: group.path,
        members: membersOf(group),
        property: 'mirrors',
      })),
    ];
    return groups.flatMap(({ path, members, property }) => {
      const engines = new Set(members.map((id) => graph.server(id).engine));
      if (engines.size < 2) return [];
      const value = members.map((id) => `${graph.server(id).name} ${graph.server(id).engine}`).join(', ');
      return [{ path, problem: 'members of a group run different engines', value, remedy: 'use one engine', property }];
    });
  },
};
