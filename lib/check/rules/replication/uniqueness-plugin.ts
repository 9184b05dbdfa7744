import { membersOf, replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R40: uniqueness is looked after on one server. Members of a failover group of 389 Directory Server all take writes. */
export const uniquenessPlugin: Rule = {
  id: 'replication/uniqueness-plugin',
  severity: 'error',
  requirements: ['R40', 'R42'],
  title: 'No server that takes writes beside others has the plug-in for unique attributes.',
  rationale:
    'The plug-in looks at its own server. Two suppliers each take the same value at the same time, and both find it to be the only one. That holds for a multi-master group, and for a failover group of 389 Directory Server, whose mirrors take writes too.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    const groups = [
      ...topology.multiMasterGroups.map(({ path, suppliers }) => ({ path, kind: 'multi-master', servers: suppliers })),
      ...topology.failoverGroups.map((group) => ({
        path: group.path,
        kind: 'failover',
        servers: membersOf(group).filter((id) => graph.server(id).engine === 'ds389'),
      })),
    ];
    return groups.flatMap(({ path, kind, servers }) =>
      servers
        .map((id) => graph.server(id))
        .filter(({ plugins }) => plugins.includes('attribute-uniqueness'))
        .map(({ name }) => ({
          path,
          problem: `a supplier of a ${kind} group with the plug-in attribute-uniqueness`,
          value: name,
          remedy: 'switch it off, or use a failover group of OpenLDAP or one supplier alone',
          property: 'plugins',
        })),
    );
  },
};
