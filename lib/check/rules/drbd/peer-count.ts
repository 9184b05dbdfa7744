import type { Rule } from '../../rule';

/** X3: before DRBD 9 a resource mirrors between two hosts. */
export const peerCount: Rule = {
  id: 'drbd/peer-count',
  severity: 'error',
  requirements: ['X3'],
  title: 'A DRBD resource has two different peers; from DRBD 9 on it may have more.',
  rationale: 'A resource with one peer replicates nothing, and DRBD 0.7 and 8.4 refuse a third.',
  check: (topology) =>
    topology.drbdResources
      .filter((resource) => {
        const hosts = new Set(resource.peers.map((peer) => peer.host)).size;
        return hosts < 2 || hosts !== resource.peers.length || (hosts > 2 && resource.version !== '9');
      })
      .map((resource) => ({
        path: resource.path,
        problem: `a DRBD ${resource.version} resource needs ${resource.version === '9' ? 'at least two' : 'exactly two'} different peers`,
        value: resource.peers.map((peer) => peer.host).join(', ') || 'none',
        remedy: 'name the hosts that keep a replica',
        property: 'peers',
      })),
};
