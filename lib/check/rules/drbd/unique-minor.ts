import { duplicates } from '../../collections';
import type { Rule } from '../../rule';
import { volumesOfHost } from '../../host-volumes';

/** X25: each volume is a device of its own. */
export const uniqueMinor: Rule = {
  id: 'drbd/unique-minor',
  severity: 'error',
  requirements: ['X25'],
  title: 'Each DRBD volume of a host has its own minor number.',
  rationale: 'drbdadm refuses two volumes with one minor number.',
  check: (topology) =>
    topology.hosts.flatMap((host) =>
      duplicates(volumesOfHost(topology, host), ({ volume }) => `${volume.minor}`).flatMap(({ key, first, others }) =>
        others.map(({ resource }) => ({
          path: resource.path,
          problem: `a minor number that DRBD resource ${first.resource.name} already uses on ${host.name}`,
          value: key,
          remedy: 'give each volume its own minor number',
          property: 'minor',
        })),
      ),
    ),
};
