import { clusterResources } from '../../groups';
import type { Rule } from '../../rule';
import { callsPeerOutdater } from '../../../topology/peer-outdater';

/** The handler drbd-peer-outdater talks to dopd. */
export const outdaterRuns: Rule = {
  id: 'drbd/outdater-runs',
  severity: 'error',
  requirements: ['X2', 'X4'],
  title: 'Where the fence-peer handler is drbd-peer-outdater, the cluster runs dopd.',
  rationale:
    'The handler only passes the order to dopd. Without it every call fails, and a node that lost its peer cannot be promoted.',
  check: (topology) =>
    topology.clusters
      .filter((cluster) => !cluster.dopd)
      .flatMap((cluster) =>
        clusterResources(topology, cluster)
          .filter((resource) => resource.handlers.some(callsPeerOutdater))
          .map((resource) => ({
            path: resource.path,
            problem: `the fence-peer handler needs dopd, which cluster ${cluster.name} does not run`,
            value: 'drbd-peer-outdater',
            remedy: 'switch dopd of the cluster on',
            property: 'handlers.fence-peer',
          })),
      ),
};
