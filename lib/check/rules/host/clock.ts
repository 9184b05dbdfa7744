import type { Rule } from '../../rule';

/** Clocks of nodes agree. */
export const clock: Rule = {
  id: 'host/clock',
  severity: 'warning',
  requirements: ['X16', 'R11'],
  title: 'Every host keeps its clock by time servers.',
  rationale:
    'After a takeover the data continue with the clock of the other node: mail and entries are dated wrongly, replication of directories misorders changes, and the logs of the two nodes cannot be laid side by side.',
  check: (topology) =>
    topology.origin === 'files'
      ? []
      : topology.hosts
          .filter((host) => host.timeServers.length === 0)
          .map((host) => ({
            path: host.path,
            problem: 'the clock is not synchronised',
            value: host.name,
            remedy: 'name time servers',
            property: 'timeServers',
          })),
};
