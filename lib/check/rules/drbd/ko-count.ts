import type { Rule } from '../../rule';

/** X23: a peer that hangs is given up. */
export const koCount: Rule = {
  id: 'drbd/ko-count',
  severity: 'warning',
  requirements: ['X23'],
  title: 'A peer that answers pings and completes no write is given up after some timeouts (ko-count).',
  rationale:
    'With ko-count 0, the default of DRBD 0.7, the primary waits for a peer whose disk hangs: the standby stops the service that it stands by for.',
  check: (topology) =>
    topology.drbdResources
      .filter(
        (resource) => resource.net.koCount === 0 || (resource.net.koCount === undefined && resource.version === '0.7'),
      )
      .map((resource) => ({
        path: resource.path,
        problem: 'the primary waits without limit for a peer whose disk hangs',
        value: resource.net.koCount === undefined ? 'ko-count not given: 0' : 'ko-count 0',
        remedy: 'set koCount, for instance to 4',
        property: 'net.koCount',
      })),
};
