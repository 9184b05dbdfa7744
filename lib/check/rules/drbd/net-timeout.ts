import { effectiveNet } from '../../../topology/drbd-net';
import type { Rule } from '../../rule';
import { time } from '../../wording';

/** X23: timeout is less than connect-int and ping-int. */
export const netTimeout: Rule = {
  id: 'drbd/net-timeout',
  severity: 'error',
  requirements: ['X23'],
  title: 'net.timeout is less than connect-int and ping-int.',
  rationale:
    'drbd.conf(5) demands it: otherwise a peer is retried or asked again before it counts as lost, and connections flap.',
  check: (topology) =>
    topology.drbdResources.flatMap((resource) => {
      const net = effectiveNet(resource);
      return (
        [
          ['connect-int', net.connectInt],
          ['ping-int', net.pingInt],
        ] as const
      )
        .filter(([, interval]) => net.timeout >= interval)
        .map(([name, interval]) => ({
          path: resource.path,
          problem: `timeout must be less than ${name}`,
          value: `${time(net.timeout)}, ${time(interval)}`,
          remedy: `lower timeout or raise ${name}`,
          property: 'net.timeout',
        }));
    }),
};
