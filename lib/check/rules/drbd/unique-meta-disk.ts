import { duplicates } from '../../collections';
import type { Rule } from '../../rule';
import { volumesOfHost } from '../../host-volumes';

/** X22: metadata of two volumes do not share a place. */
export const uniqueMetaDisk: Rule = {
  id: 'drbd/unique-meta-disk',
  severity: 'error',
  requirements: ['X22'],
  title: 'Each DRBD volume of a host has its own place for metadata, outside all backing disks.',
  rationale: 'Metadata of two volumes in one place overwrite each other: both lose track of what is in step.',
  check: (topology) =>
    topology.hosts.flatMap((host) => {
      const places = volumesOfHost(topology, host).flatMap(({ resource, backing }) =>
        backing === undefined
          ? []
          : [
              { resource, place: backing.disk, meta: false },
              ...(backing.metaDisk === 'internal'
                ? []
                : [{ resource, place: backing.metaDisk.replace(/\s+/g, ''), meta: true }]),
            ],
      );
      return duplicates(places, ({ place }) => place).flatMap(({ key, first, others }) =>
        others
          .filter(({ meta }) => meta || first.meta)
          .map(({ resource }) => ({
            path: resource.path,
            problem: `a place for metadata that DRBD resource ${first.resource.name} already uses on ${host.name}`,
            value: key,
            remedy: "use 'internal' or an index of its own",
            property: 'metaDisk',
          })),
      );
    }),
};
