import { lookup } from '../../../topology/lookup';
import { pairOfCluster } from '../../../topology/mail-cluster';
import { membersOf } from '../../groups';
import type { Rule, RuleFinding } from '../../rule';

/** X5: an administration address on each node and one that moves. */
export const addresses: Rule = {
  id: 'cluster/addresses',
  severity: 'error',
  requirements: ['X5'],
  title: 'A cluster has at least three addresses: one to administer each node and one virtual address.',
  rationale:
    'Clients need an address that follows the services, and an operator must reach each node whether it runs the services or not.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) => {
      const findings: RuleFinding[] = [];
      // Clients of a mail pair know both servers, and go to the other one by themselves.
      if (membersOf(cluster, 'address').length === 0 && !pairOfCluster(topology, cluster))
        findings.push({
          path: cluster.path,
          problem: 'no virtual address',
          remedy: 'give a group a virtual address that clients use',
          property: 'groups',
        });
      if (topology.origin === 'files') return findings;
      for (const id of cluster.nodes) {
        const host = lookup(topology).host(id);
        const reachable = host.interfaces.some((candidate) => {
          const { purpose } = lookup(topology).network(candidate.network);
          return purpose === 'service' || purpose === 'administration';
        });
        if (!reachable)
          findings.push({
            path: host.path,
            problem: 'a node without an address of its own on a service or administration network',
            value: host.name,
            remedy: 'give it an interface on such a network',
            property: 'interfaces',
          });
      }
      return findings;
    }),
};
