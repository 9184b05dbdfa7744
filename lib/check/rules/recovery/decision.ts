import { membersOf } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** F16: who moves the master is said once. */
export const decision: Rule = {
  id: 'recovery/decision',
  severity: 'warning',
  requirements: ['F16', 'E29'],
  title: 'A disaster-recovery site and the failover groups on it agree on who decides about the master.',
  rationale:
    'In a disaster an operator waits for what happens by itself, or moves the master beside a switch that goes on already.',
  check: ({ disasterRecoverySites, failoverGroups }) =>
    disasterRecoverySites.flatMap(({ path, directoryServers, failover }) =>
      failoverGroups
        .filter((group) => membersOf(group).some((one) => directoryServers.includes(one)))
        .filter(({ decision }) => decision !== failover.directory)
        .map(({ name, decision }) => ({
          path,
          problem: `failover group ${name} says otherwise who decides about its master`,
          value: `${failover.directory}, group ${decision}`,
          remedy: 'say the same in both',
          property: 'failover.directory',
        })),
    ),
};
