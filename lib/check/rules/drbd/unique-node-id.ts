import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** DRBD 9 knows its peers by number. */
export const uniqueNodeId: Rule = {
  id: 'drbd/unique-node-id',
  severity: 'error',
  requirements: ['X25'],
  title: 'The peers of a DRBD 9 resource have different node ids.',
  rationale: 'drbdadm refuses two peers with one node id.',
  check: (topology) =>
    topology.drbdResources
      .filter((resource) => resource.version === '9')
      .flatMap((resource) =>
        duplicates(resource.peers, (peer) => `${peer.nodeId}`).map(({ key }) => ({
          path: resource.path,
          problem: 'two peers with one node id',
          value: key,
          remedy: 'give each peer its own node id',
          property: 'peers',
        })),
      ),
};
