import type { Rule } from '../../rule';

/** X24: how far minor numbers go. */
export const minorRange: Rule = {
  id: 'drbd/minor-range',
  severity: 'error',
  requirements: ['X24', 'X25'],
  title: 'Minor numbers are at most 254 under DRBD 0.7 and 1048575 later.',
  rationale: 'The module has no device beyond its range, and the resource cannot be configured.',
  check: (topology) =>
    topology.drbdResources.flatMap((resource) => {
      const highest = resource.version === '0.7' ? 254 : 1_048_575;
      return resource.volumes
        .filter((volume) => volume.minor < 0 || volume.minor > highest)
        .map((volume) => ({
          path: resource.path,
          problem: `minor number out of range for DRBD ${resource.version}`,
          value: `${volume.minor}`,
          remedy: `choose a number from 0 to ${highest}`,
          property: 'minor',
        }));
    }),
};
