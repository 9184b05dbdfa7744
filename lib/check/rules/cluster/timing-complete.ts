import type { Rule } from '../../rule';

const times = ['keepalive', 'warntime', 'deadtime', 'initdead'] as const;

/** E9: without the times of ha.cf nobody knows how long a failover takes. */
export const timingComplete: Rule = {
  id: 'cluster/timing-complete',
  severity: 'warning',
  requirements: ['E9'],
  title: 'keepalive, warntime, deadtime and initdead are all given.',
  rationale:
    'deadtime is the first part of every outage. Left to the defaults of the installed Heartbeat, the recovery time is unknown and changes with an upgrade.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) => {
      const absent = times.filter((time) => cluster.timing[time] === undefined);
      return absent.length === 0
        ? []
        : [
            {
              path: cluster.path,
              problem: 'times that decide when a node is dead are not given',
              value: absent.join(', '),
              remedy: 'give all four, for instance keepalive 1s, warntime 5s, deadtime 10s, initdead 60s',
              property: absent.length === times.length ? 'timing' : `timing.${absent[0]}`,
            },
          ];
    }),
};
