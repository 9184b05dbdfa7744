import { duplicates } from '../../collections';
import type { Rule } from '../../rule';
import { volumesOfHost } from '../../host-volumes';

/** X25: a backing disk belongs to one volume. */
export const uniqueDisk: Rule = {
  id: 'drbd/unique-disk',
  severity: 'error',
  requirements: ['X18', 'X25'],
  title: 'Each DRBD volume of a host has its own backing disk.',
  rationale:
    'Two volumes on one device overwrite each other; the kernel refuses the second, and with another path to the same device it does not.',
  check: (topology) =>
    topology.hosts.flatMap((host) =>
      duplicates(volumesOfHost(topology, host), ({ backing }) => backing?.disk).flatMap(({ key, first, others }) =>
        others.map(({ resource }) => ({
          path: resource.path,
          problem: `a backing disk that DRBD resource ${first.resource.name} already uses on ${host.name}`,
          value: key,
          remedy: 'give each volume its own partition or logical volume',
          property: 'disk',
        })),
      ),
    ),
};
