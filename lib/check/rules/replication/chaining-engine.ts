import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R3: 389 Directory Server refers. */
export const chainingEngine: Rule = {
  id: 'replication/chaining-engine',
  severity: 'warning',
  requirements: ['R3', 'R18'],
  title: "A copy on 389 Directory Server refers writes; 'chain' is for OpenLDAP.",
  rationale:
    'Its consumers name all suppliers to a client that wants to write, by themselves. Clients that do not follow a referral have to be given the address of a supplier.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicas
      .filter(({ updates, server }) => updates === 'chain' && graph.server(server).engine === 'ds389')
      .map(({ path, server }) => ({
        path,
        problem: `${graph.server(server).name} runs ds389, which refers clients to its suppliers instead`,
        value: 'chain',
        remedy: "use updates: 'refer', or give clients that write the address of a supplier",
        property: 'updates',
      }));
  },
};
