import { clusteredResources } from '../../groups';
import type { Rule } from '../../rule';

/** X2, X3: what was acknowledged is on both disks. */
export const protocol: Rule = {
  id: 'drbd/protocol',
  severity: 'warning',
  requirements: ['X2', 'X3', 'X22'],
  title: 'Resources that a cluster takes over replicate by protocol C.',
  rationale:
    'Protocols A and B acknowledge a write before it is on the disk of the peer: after a takeover mail and entries that were confirmed to clients are gone. That may be the right price for a long link; then acknowledge it.',
  check: (topology) =>
    clusteredResources(topology)
      .filter((resource) => resource.protocol === 'A' || resource.protocol === 'B')
      .map((resource) => ({
        path: resource.path,
        problem: 'writes are acknowledged before they are on the disk of the peer',
        value: `protocol ${resource.protocol}`,
        remedy: "use protocol 'C'",
        property: 'protocol',
      })),
};
