import { lookup } from '../../../topology/lookup';
import { duplicates } from '../../collections';
import { clusterResources } from '../../groups';
import type { Rule } from '../../rule';

/** One node may carry all groups, so a port is used once in a cluster. */
export const uniquePort: Rule = {
  id: 'service/unique-port',
  severity: 'error',
  requirements: ['X6'],
  title: 'Services, DRBD and Heartbeat of a cluster use different ports.',
  rationale: 'After a takeover all of them run on one node; the one that starts second cannot open its port.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) => {
      const services = cluster.groups.flatMap((group) =>
        lookup(topology)
          .servicesOf(group)
          .flatMap((service) =>
            service.ports.map((port) => ({
              path: service.path,
              owner: service.id,
              name: `service ${service.name}`,
              // A mail server opens its port on its own host only.
              key: `${port.port}/${port.protocol}${service.settings.kind === 'mail-server' ? ` ${group.preferred}` : ''}`,
            })),
          ),
      );
      const resources = clusterResources(topology, cluster).flatMap((resource) =>
        [...new Set(resource.peers.map((peer) => peer.port))].map((port) => ({
          path: resource.path,
          owner: resource.id,
          name: `DRBD resource ${resource.name}`,
          key: `${port}/tcp`,
        })),
      );
      const heartbeat = {
        path: cluster.path,
        owner: cluster.id,
        name: 'Heartbeat',
        key: `${cluster.udpPort}/udp`,
      };
      const drbd = new Set(resources.map((use) => use.owner));
      return duplicates([heartbeat, ...resources, ...services], (use) => use.key).flatMap(({ key, first, others }) =>
        others
          // Two DRBD resources on one port may have two addresses; drbd/unique-endpoint looks at both.
          .filter((use) => use.owner !== first.owner && !(drbd.has(use.owner) && drbd.has(first.owner)))
          .map((use) => ({
            path: use.path,
            problem: `a port that ${first.name} already uses`,
            value: key,
            remedy: 'choose another port',
            property: 'ports',
          })),
      );
    }),
};
