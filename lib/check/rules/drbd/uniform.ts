import type { DrbdResourceFacts } from '../../../topology/drbd';
import { groupBy } from '../../collections';
import type { Rule, RuleFinding } from '../../rule';

/** What may differ with a reason that the files show: order, names and numbers. */
const individual = new Set(['disk.resyncAfter', 'disk.resyncGroup']);

/** E12: resources of one pair are configured alike. */
export const uniform: Rule = {
  id: 'drbd/uniform',
  severity: 'warning',
  requirements: ['E12'],
  title: 'DRBD resources of the same hosts have the same settings.',
  rationale:
    'A setting that only one resource has was forgotten in the others or left over from a trial. It makes one store recover differently, and nobody knows which way was meant.',
  check: (topology) =>
    [...groupBy(topology.drbdResources, (resource) => hostsOf(resource)).values()].flatMap((resources) =>
      differences(resources),
    ),
};

function hostsOf(resource: DrbdResourceFacts): string {
  return resource.peers
    .map((peer) => peer.host)
    .sort()
    .join(' ');
}

function differences(resources: readonly DrbdResourceFacts[]): readonly RuleFinding[] {
  if (resources.length < 2) return [];
  const settings = resources.map((resource) => ({ resource, values: settingsOf(resource) }));
  const names = [...new Set(settings.flatMap(({ values }) => [...values.keys()]))].sort();
  return names.flatMap((name) => {
    const [usual, ...others] = [...groupBy(settings, ({ values }) => values.get(name) ?? 'not given')]
      .map(([value, items]) => ({ value, resources: items.map(({ resource }) => resource) }))
      .sort((one, other) => other.resources.length - one.resources.length);
    return others.flatMap((odd) =>
      odd.resources.map((resource) => ({
        path: resource.path,
        problem: `setting ${name} of DRBD resource ${resource.name} differs from the resources beside it`,
        value: `${odd.value}, others ${usual?.value}`,
        remedy: 'give all of them the same value',
        property: name,
      })),
    );
  });
}

/** All settings as text, by the name that the interface has for them. */
function settingsOf(resource: DrbdResourceFacts): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const add = (name: string, value: unknown): void => {
    if (value !== undefined && !individual.has(name)) values.set(name, String(value));
  };
  add('version', resource.version);
  add('protocol', resource.protocol);
  add('fencing', resource.fencing);
  add('inconDegrCmd', resource.inconDegrCmd);
  for (const section of ['startup', 'disk', 'net'] as const)
    for (const [name, value] of Object.entries(resource[section]))
      if (name === 'extraOptions')
        for (const [option, text] of Object.entries(resource[section].extraOptions))
          add(`${section}.extraOptions.${option}`, text);
      else add(`${section}.${name}`, value);
  for (const handler of resource.handlers) add(`handlers.${handler.event}`, handler.command);
  return values;
}
