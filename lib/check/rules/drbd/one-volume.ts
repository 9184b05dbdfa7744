import type { Rule } from '../../rule';

/** X25: DRBD 0.7 knows one device per resource. */
export const oneVolume: Rule = {
  id: 'drbd/one-volume',
  severity: 'error',
  requirements: ['X25'],
  title: 'A DRBD 0.7 resource has one volume.',
  rationale: 'Its configuration has no volumes; the keyword came with DRBD 8.4.',
  check: (topology) =>
    topology.drbdResources
      .filter((resource) => resource.version === '0.7' && resource.volumes.length !== 1)
      .map((resource) => ({
        path: resource.path,
        problem: 'a DRBD 0.7 resource has exactly one volume',
        value: `${resource.volumes.length}`,
        remedy: 'make a resource of each volume or use DRBD 8.4 or 9',
        property: 'volumes',
      })),
};
