import type { DrbdResourceFacts } from '../../../topology/drbd';
import { lookup } from '../../../topology/lookup';
import type { Topology } from '../../../topology/topology';
import type { EntityId } from '../../../topology/units';
import { groupMembers, groupsOf } from '../../groups';
import type { Rule, RuleFinding } from '../../rule';

const numbered = /^(?:r|res|resource|drbd|disk|data)?[-_]?(\d+)$/i;

/** E3, X26: names say what a resource holds. */
export const semanticName: Rule = {
  id: 'drbd/semantic-name',
  severity: 'warning',
  requirements: ['E3', 'X26'],
  title: 'A DRBD resource is named after what it holds, not after a number.',
  rationale:
    'Names are what an operator types at night. Where r1 is started before r0 and nothing says which one is the database, the wrong copy is discarded sooner or later.',
  check: (topology) => [...namesByNumber(topology), ...orderAgainstNumbers(topology)],
};

function namesByNumber(topology: Topology): readonly RuleFinding[] {
  const holds = new Map<EntityId, string>();
  for (const { cluster, group } of groupsOf(topology))
    for (const { member } of groupMembers(cluster, group, 'mount'))
      if (member.source.kind === 'drbd' && !holds.has(member.source.resource))
        holds.set(member.source.resource, member.directory);
  return topology.drbdResources
    .filter((resource) => numbered.test(resource.name))
    .map((resource) => {
      const directory = holds.get(resource.id);
      return {
        path: resource.path,
        problem: 'the name of the resource is a number and does not say what it holds',
        value: directory === undefined ? resource.name : `${resource.name}, ${directory}`,
        remedy: `name it after its data${directory === undefined ? '' : `, for instance '${directory.split('/').at(-1) || 'data'}'`}`,
        property: 'name',
      };
    });
}

function orderAgainstNumbers(topology: Topology): readonly RuleFinding[] {
  return groupsOf(topology).flatMap(({ cluster, group }) => {
    const started = groupMembers(cluster, group, 'activation').map(({ member }) =>
      lookup(topology).drbdResource(member.resource),
    );
    const numbers = started.map(numberOf);
    const rising = numbers.every((number, index) => index === 0 || number >= (numbers[index - 1] ?? 0));
    return rising || numbers.some(Number.isNaN)
      ? []
      : [
          {
            path: group.path,
            problem: 'resources start in another order than their numbers say',
            value: started.map((resource) => resource.name).join(', '),
            remedy: 'name them after what they hold',
          },
        ];
  });
}

function numberOf(resource: DrbdResourceFacts): number {
  return Number(numbered.exec(resource.name)?.[1] ?? Number.NaN);
}
