import { lookup } from '../../../topology/lookup';
import { duplicates } from '../../collections';
import { membersOf } from '../../groups';
import type { Rule } from '../../rule';

/** One init script starts one instance. */
export const uniqueService: Rule = {
  id: 'cluster/unique-service',
  severity: 'error',
  requirements: ['X17', 'X21'],
  title: 'An init script is called once in a cluster.',
  rationale:
    'When one node carries all groups, the script runs twice there, and the group that stops first stops the service of the other.',
  check: (topology) =>
    topology.clusters.flatMap((cluster) =>
      duplicates(membersOf(cluster, 'service'), ({ member }) => lookup(topology).service(member.service).name).flatMap(
        ({ key, first, others }) =>
          others.map(({ member }) => ({
            path: member.path,
            problem: `an init script that ${first.member.path} already calls`,
            value: key,
            remedy: 'give each instance a script and unit of its own',
          })),
      ),
    ),
};
