import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** Clusters that broadcast on one network need a port each. */
export const uniqueUdpPort: Rule = {
  id: 'cluster/unique-udp-port',
  severity: 'error',
  requirements: ['X20', 'X27'],
  title: 'Clusters that broadcast or multicast on one network use different UDP ports.',
  rationale:
    'Each cluster receives the heartbeats of the other, and rejects them as unknown nodes or failed authentication: the log fills and faults drown in it.',
  check: (topology) => {
    const uses = topology.clusters.flatMap((cluster) =>
      cluster.links.flatMap((link) =>
        (link.kind === 'bcast' || link.kind === 'mcast') && link.network !== undefined
          ? [{ cluster, key: [link.network, link.multicast?.group, link.multicast?.port ?? cluster.udpPort].join(' ') }]
          : [],
      ),
    );
    return duplicates(uses, ({ key }) => key).flatMap(({ first, others }) =>
      others
        .filter(({ cluster }) => cluster !== first.cluster)
        .map(({ cluster }) => ({
          path: cluster.path,
          problem: `broadcasts on the network and UDP port of cluster ${first.cluster.name}`,
          value: `${cluster.udpPort}`,
          remedy: 'choose another udpPort or link by ucast',
          property: 'udpPort',
        })),
    );
  },
};
