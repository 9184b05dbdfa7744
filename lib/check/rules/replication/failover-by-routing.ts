import { membersOf, replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** F8, F11: what a failover group is on a server that can not change its role in time. */
export const failoverByRouting: Rule = {
  id: 'replication/failover-by-routing',
  severity: 'warning',
  requirements: ['F8', 'F11', 'F16'],
  title: 'It is accepted that mirrors of 389 Directory Server take writes too.',
  rationale:
    'A replica of 389 Directory Server that changes from consumer to supplier sends nothing before it is started again, and the old supplier has to be initialised from it: in the laboratory clients could not write for 10.4 s. A database that is only made read-only gets no updates either. So all members are suppliers that feed each other, and clients are led to one of them: whoever writes to another one is not refused, and where two changed one entry the later change is kept.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.failoverGroups
      .filter((group) => membersOf(group).some((id) => graph.server(id).engine === 'ds389'))
      .map(({ path, master }) => ({
        path,
        problem:
          'members run ds389 and are rendered as suppliers that all take writes, with one that clients are led to',
        value: graph.server(master).name,
        remedy: 'accept it with a reason and lead all writers to the master, or use OpenLDAP',
        property: 'master',
      }));
  },
};
