import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R28: who needs to write although a server is lost needs several that take writes. */
export const writeFailover: Rule = {
  id: 'directory/write-failover',
  severity: 'error',
  requirements: ['R28', 'Q3', 'Q4'],
  title: 'A directory whose clients must always be able to write has several suppliers, or a failover group.',
  rationale:
    'With a single supplier reads go on when it is lost and writes do not. A failover group lets a person move them, a multi-master group needs none.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories
      .filter(({ id, writeFailover: needed }) => needed && graph.writersOf(id).length < 2)
      .map(({ path, name }) => ({
        path,
        problem: 'clients must be able to write although a server is lost, and there is one that takes writes',
        value: name,
        remedy: 'use a MultiMasterGroup, or a FailoverGroup where a person may decide',
        property: 'writeFailover',
      }));
  },
};
