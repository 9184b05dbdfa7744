import { lookup } from '../../../topology/lookup';
import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** X25: each resource has an address and port of its own. */
export const uniqueEndpoint: Rule = {
  id: 'drbd/unique-endpoint',
  severity: 'error',
  requirements: ['X25'],
  title: 'Each DRBD resource of a host has its own address and port.',
  rationale: 'drbdadm refuses two resources on one address and port.',
  check: (topology) =>
    topology.hosts.flatMap((host) => {
      const endpoints = lookup(topology)
        .drbdResourcesOf(host.id)
        .flatMap((resource) =>
          resource.peers.filter((peer) => peer.host === host.id).map((peer) => ({ resource, peer })),
        );
      return duplicates(endpoints, ({ peer }) => `${peer.address}:${peer.port}`).flatMap(({ key, first, others }) =>
        others.map(({ resource }) => ({
          path: resource.path,
          problem: `an address and port that DRBD resource ${first.resource.name} already uses on ${host.name}`,
          value: key,
          remedy: 'give each resource its own port',
          property: 'port',
        })),
      );
    }),
};
