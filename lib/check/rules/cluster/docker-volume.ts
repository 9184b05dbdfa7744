import { byId } from '../../collections';
import { membersOf } from '../../groups';
import type { Rule } from '../../rule';

/** X3: Heartbeat mounts devices and exports. */
export const dockerVolume: Rule = {
  id: 'cluster/docker-volume',
  severity: 'error',
  requirements: ['X3'],
  title: 'Groups of a cluster mount no volume of a Docker engine.',
  rationale:
    'There is no device behind the name of such a volume; the engine mounts it into its containers, and mount(8) fails.',
  check: (topology) => {
    const volumes = byId(topology.sharedVolumes);
    return topology.clusters.flatMap((cluster) =>
      membersOf(cluster, 'mount').flatMap(({ member: { path, source } }) => {
        const volume = source.kind === 'shared' ? volumes.get(source.volume) : undefined;
        return volume?.kind === 'docker'
          ? [
              {
                path,
                problem: 'a volume of a Docker engine in a group of a cluster',
                value: volume.name,
                remedy: 'use a DRBD resource, a SAN or an NFS export',
              },
            ]
          : [];
      }),
    );
  },
};
