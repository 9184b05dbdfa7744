import { causesOfLink, causesOfReplication, sharedCause } from '../../failure-causes';
import { clusterResources } from '../../groups';
import type { Rule } from '../../rule';

/** E6: one fault must not cut replication and every heartbeat link. */
export const sharedCable: Rule = {
  id: 'cluster/shared-cable',
  severity: 'error',
  requirements: ['X20', 'E6'],
  title: 'At least one heartbeat link shares neither cable, switch nor card with the replication of DRBD.',
  rationale:
    'When the fault that stops replication also stops every heartbeat, both nodes promote their copy and the data part ways; nothing is left that could tell one node to stay back.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) => {
      if (cluster.links.length === 0) return [];
      const replication = new Set(
        clusterResources(topology, cluster).flatMap((resource) => [...causesOfReplication(topology, resource)]),
      );
      const shared = cluster.links.map((link) => sharedCause(causesOfLink(topology, link), replication));
      const first = shared[0];
      if (first === undefined || shared.includes(undefined)) return [];
      return [
        {
          path: cluster.path,
          problem: 'every heartbeat link shares its path with the replication of DRBD',
          value: [...new Set(shared)].join(', '),
          remedy: 'add a link over a serial line or over another network',
          property: 'links',
        },
      ];
    }),
};
