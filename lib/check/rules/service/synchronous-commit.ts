import type { Rule } from '../../rule';

/** X2: what was committed is on disk. */
export const synchronousCommit: Rule = {
  id: 'service/synchronous-commit',
  severity: 'warning',
  requirements: ['X2', 'X12'],
  title: 'PostgreSQL writes a commit to disk before it confirms it.',
  rationale:
    'With synchronous_commit off the last transactions are lost with the node although DRBD replicates every write.',
  check: (topology) =>
    topology.services
      .filter((service) => service.settings.kind === 'postgresql' && !service.settings.synchronousCommit)
      .map((service) => ({
        path: service.path,
        problem: 'commits are confirmed before they are on disk',
        value: 'synchronous_commit off',
        remedy: 'switch synchronousCommit on',
        property: 'synchronousCommit',
      })),
};
