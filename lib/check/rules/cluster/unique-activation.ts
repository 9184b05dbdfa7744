import { lookup } from '../../../topology/lookup';
import { duplicates } from '../../collections';
import { membersOf } from '../../groups';
import type { Rule } from '../../rule';

/** E17: a resource is promoted once. */
export const uniqueActivation: Rule = {
  id: 'cluster/unique-activation',
  severity: 'error',
  requirements: ['E17', 'X21'],
  title: 'A DRBD resource is activated once in a cluster.',
  rationale:
    'Two groups that promote one resource cannot run on two nodes, and the one that stops first takes the device from the other.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) =>
      duplicates(membersOf(cluster, 'activation'), ({ member }) => member.resource).flatMap(({ key, first, others }) =>
        others.map(({ member }) => ({
          path: member.path,
          problem: `a DRBD resource that ${first.member.path} already activates`,
          value: lookup(topology).drbdResource(key).name,
          remedy: 'activate it once and keep all that uses it in one group',
        })),
      ),
    ),
};
