import { effectiveNet } from '../../../topology/drbd-net';
import { clusterResources } from '../../groups';
import type { Rule } from '../../rule';
import { time } from '../../wording';

/** DRBD must have given up the peer before Heartbeat promotes the survivor. */
export const deadtimeDrbd: Rule = {
  id: 'cluster/deadtime-drbd',
  severity: 'warning',
  requirements: ['E9', 'X23'],
  title: "deadtime is greater than DRBD's timeout plus ping-timeout.",
  rationale:
    'A takeover that begins while DRBD still counts on its peer finds the peer primary and cannot promote the resource; the start script gives up after a few tries.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) => {
      const { deadtime } = cluster.timing;
      if (deadtime === undefined) return [];
      const slow = clusterResources(topology, cluster)
        .map((resource) => ({ resource, ...effectiveNet(resource) }))
        .filter((net) => deadtime <= net.timeout + net.pingTimeout);
      const worst = slow.reduce<(typeof slow)[number] | undefined>(
        (most, next) => (most && most.timeout + most.pingTimeout >= next.timeout + next.pingTimeout ? most : next),
        undefined,
      );
      return worst
        ? [
            {
              path: cluster.path,
              problem: `deadtime must be greater than timeout plus ping-timeout of DRBD resource ${worst.resource.name}`,
              value: `${time(deadtime)}, ${time(worst.timeout + worst.pingTimeout)}`,
              remedy: 'raise deadtime or lower net.timeout',
              property: 'timing.deadtime',
            },
          ]
        : [];
    }),
};
