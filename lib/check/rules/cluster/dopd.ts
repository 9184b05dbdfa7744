import { clusterResources } from '../../groups';
import type { Rule } from '../../rule';
import { callsPeerOutdater } from '../../../topology/peer-outdater';

/** The peer outdater runs for somebody. */
export const dopd: Rule = {
  id: 'cluster/dopd',
  severity: 'warning',
  requirements: ['X2'],
  title: 'Where the peer outdater runs, DRBD calls it.',
  rationale:
    'dopd marks nothing as outdated unless a fence-peer handler asks it to, so that the cluster looks protected and is not.',
  check: (topology) =>
    topology.clusters
      .filter(
        (cluster) =>
          cluster.dopd &&
          !clusterResources(topology, cluster).some((resource) => resource.handlers.some(callsPeerOutdater)),
      )
      .map((cluster) => ({
        path: cluster.path,
        problem: 'dopd runs and no DRBD resource of the cluster has a handler that calls it',
        remedy: 'set the fence-peer handler of the resources to drbd-peer-outdater or switch dopd off',
        property: 'dopd',
      })),
};
