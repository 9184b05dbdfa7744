import type { Rule } from '../../rule';

/** What freezes writes until the peer is outdated needs a peer that was asked before (X2, X4). */
export const fencingProtocol: Rule = {
  id: 'drbd/fencing-protocol',
  severity: 'error',
  requirements: ['X2', 'X4'],
  title: 'Fencing resource-and-stonith goes with protocol B or C.',
  rationale:
    'DRBD refuses the two together: by protocol A it has acknowledged writes already that the peer never saw, so freezing the next ones would promise what it cannot keep. The resource gets no connection (154: Fencing policy resource-and-stonith only with prot B or C allowed).',
  check: (topology) =>
    topology.drbdResources
      .filter(({ protocol, fencing }) => protocol === 'A' && fencing === 'resource-and-stonith')
      .map((resource) => ({
        path: resource.path,
        problem: 'DRBD refuses fencing resource-and-stonith with protocol A',
        value: 'protocol A, fencing resource-and-stonith',
        remedy: "set fencing to 'resource-only', or use protocol 'C'",
        property: 'fencing',
      })),
};
