import { clusteredResources } from '../../groups';
import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** E17: a resource of a cluster's nodes belongs to a group. */
export const withoutGroup: Rule = {
  id: 'drbd/without-group',
  severity: 'warning',
  requirements: ['E17', 'X21'],
  title: 'Every DRBD resource of the nodes of a cluster is activated by a group.',
  rationale: 'A resource that no group promotes stays secondary on both nodes: it is replicated and cannot be used.',
  check: (topology) => {
    const used = new Set(clusteredResources(topology));
    return topology.drbdResources
      .filter(
        (resource) =>
          !used.has(resource) &&
          resource.peers.some((peer) =>
            lookup(topology)
              .clustersOf(peer.host)
              .some((cluster) => cluster.groups.length > 0),
          ),
      )
      .map((resource) => ({
        path: resource.path,
        problem: 'a DRBD resource that no group activates',
        value: resource.name,
        remedy: 'add it to a group or remove it',
      }));
  },
};
