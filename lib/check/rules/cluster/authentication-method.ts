import type { Rule } from '../../rule';

/** E8: a checksum is no authentication. */
export const authenticationMethod: Rule = {
  id: 'cluster/authentication-method',
  severity: 'warning',
  requirements: ['E8'],
  title: 'Heartbeats over a network are authenticated with a key.',
  rationale:
    'Method crc only finds transmission errors: whoever reaches the network can send heartbeats and orders to give up resources.',
  check: (topology) =>
    topology.clusters
      .filter(
        (cluster) => cluster.authentication?.method === 'crc' && cluster.links.some((link) => link.kind !== 'serial'),
      )
      .map((cluster) => ({
        path: cluster.path,
        problem: 'heartbeats over a network are not authenticated',
        value: 'crc',
        remedy: "set authentication to 'sha1' with a secret",
        property: 'authentication',
      })),
};
