import { groupBy } from '../../collections';
import type { Rule } from '../../rule';
import { size } from '../../wording';
import { volumesOfHost } from '../../host-volumes';

/** X18: what is planned on a disk fits on it. */
export const diskSize: Rule = {
  id: 'host/disk-size',
  severity: 'error',
  requirements: ['X18'],
  title: 'The DRBD volumes on a disk are together not larger than the disk.',
  rationale: 'The partitions cannot be made, or the smaller copy limits the volume and DRBD refuses the larger one.',
  check: (topology) =>
    topology.hosts.flatMap((host) => {
      const volumes = groupBy(volumesOfHost(topology, host), ({ backing }) => backing?.physicalDisk);
      return host.disks.flatMap((disk) => {
        const planned = (volumes.get(disk.device) ?? []).reduce((sum, { volume }) => sum + (volume.size ?? 0), 0);
        return disk.size === undefined || planned <= disk.size
          ? []
          : [
              {
                path: host.path,
                problem: `the DRBD volumes on ${disk.device} are larger than the disk`,
                value: `${size(planned)}, ${size(disk.size)}`,
                remedy: 'use a larger disk or smaller volumes',
                property: 'disks',
              },
            ];
      });
    }),
};
