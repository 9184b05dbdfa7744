import { membersOf } from '../../groups';
import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** E4: the resource script belongs to the version of DRBD. */
export const scriptName: Rule = {
  id: 'drbd/script-name',
  severity: 'warning',
  requirements: ['E4'],
  title: 'DRBD from 0.7 on is promoted by drbddisk.',
  rationale:
    '`datadisk` belongs to DRBD 0.6. Some distributions keep the name as a link; where they do not, Heartbeat starts nothing.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) =>
      membersOf(cluster, 'activation')
        .filter(({ member }) => member.script === 'datadisk')
        .map(({ member }) => ({
          path: member.path,
          problem: `the resource script of DRBD 0.6 for DRBD ${lookup(topology).drbdResource(member.resource).version}`,
          value: member.script,
          remedy: "use 'drbddisk'",
          property: 'script',
        })),
    ),
};
