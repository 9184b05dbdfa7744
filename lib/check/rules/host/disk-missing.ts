import type { Rule } from '../../rule';
import { volumesOfHost } from '../../host-volumes';

/** X16: a backing disk lies on a disk that the host has. */
export const diskMissing: Rule = {
  id: 'host/disk-missing',
  severity: 'error',
  requirements: ['X16', 'X18'],
  title: 'The backing disks of DRBD lie on disks that their host declares.',
  rationale: 'DRBD cannot attach a disk that is not there, and the node has no copy.',
  check: (topology) =>
    topology.hosts
      .filter((host) => host.disks.length > 0)
      .flatMap((host) => {
        const devices = new Set(host.disks.map((disk) => disk.device));
        return volumesOfHost(topology, host).flatMap(({ resource, backing }) =>
          backing === undefined || devices.has(backing.physicalDisk)
            ? []
            : [
                {
                  path: resource.path,
                  problem: `a backing disk on a disk that ${host.name} does not have`,
                  value: `${backing.disk} on ${backing.physicalDisk}`,
                  remedy: `declare the disk or use one of ${[...devices].join(', ')}`,
                  property: 'disk',
                },
              ],
        );
      }),
};
