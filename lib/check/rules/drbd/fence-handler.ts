import type { Rule } from '../../rule';
import { isFencePeer } from '../../../topology/peer-outdater';

/** A fencing policy is carried out by a handler. */
export const fenceHandler: Rule = {
  id: 'drbd/fence-handler',
  severity: 'error',
  requirements: ['X2', 'X4'],
  title: 'A resource with a fencing policy has a fence-peer handler.',
  rationale:
    'Without the handler nothing marks the peer as outdated, and a node that lost its peer cannot be promoted: no takeover succeeds.',
  check: (topology) =>
    topology.drbdResources
      .filter(
        (resource) =>
          resource.fencing !== undefined && resource.fencing !== 'dont-care' && !resource.handlers.some(isFencePeer),
      )
      .map((resource) => ({
        path: resource.path,
        problem: 'a fencing policy without a fence-peer handler',
        value: `fencing ${resource.fencing}`,
        remedy: 'add handler fence-peer, for instance tandem-peer-outdater with dopd',
        property: 'handlers.fence-peer',
      })),
};
