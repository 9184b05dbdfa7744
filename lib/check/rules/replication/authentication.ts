import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** F20: replicas know each other by certificate. */
export const authentication: Rule = {
  id: 'replication/authentication',
  severity: 'warning',
  requirements: ['F20'],
  title: 'Replicas authenticate to each other by certificate.',
  rationale:
    'A password is the same for all who know it and lies in a file of every consumer. A name alone proves nothing: OpenLDAP and 389 Directory Server take it for an anonymous client, who may read everything then.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    const outside = topology.replicationAgreements.filter(({ directory, supplier, consumer }) => {
      const from = graph.supplierOf(supplier);
      return from === undefined || !graph.shareGroup(directory, from, consumer);
    });
    return [...topology.failoverGroups, ...topology.multiMasterGroups, ...outside]
      .filter(({ authentication: by }) => by !== 'strong')
      .map(({ path, authentication: by }) => ({
        path,
        problem: 'replicas that do not authenticate by certificate',
        value: by,
        remedy: "use 'strong'",
        property: 'authentication',
      }));
  },
};
