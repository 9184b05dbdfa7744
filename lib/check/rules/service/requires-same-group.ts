import type { ServiceFacts } from '../../../topology/service';
import { lookup } from '../../../topology/lookup';
import type { EntityId } from '../../../topology/units';
import type { Rule } from '../../rule';

/** X21: what belongs together moves together. */
export const requiresSameGroup: Rule = {
  id: 'service/requires-same-group',
  severity: 'warning',
  requirements: ['X6', 'X21'],
  title: 'A service and the services that it requires are in one group.',
  rationale:
    'Groups may run on different nodes and start in any order: a socket or localhost then leads nowhere. A service that reaches the other by its virtual address and waits for it is fine; acknowledge that.',
  check: (topology) =>
    topology.services.flatMap((service) => {
      const own = lookup(topology).groupOf(service.id)?.group;
      if (!own) return [];
      return needs(service).flatMap((id) => {
        const other = lookup(topology).groupOf(id)?.group;
        return other === undefined || other === own
          ? []
          : [
              {
                path: service.path,
                problem: `a required service is in group ${other.name}, which may run on the other node`,
                value: lookup(topology).service(id).name,
                remedy: `move one of them, or reach it by the virtual address of group ${other.name}`,
                property: 'requires',
              },
            ];
      });
    }),
};

function needs(service: ServiceFacts): readonly EntityId[] {
  const ids = new Set(service.requires);
  const { settings } = service;
  if (settings.kind === 'postfix' && settings.delivery.kind === 'cyrus') ids.add(settings.delivery.service);
  if (settings.kind === 'saslauthd' && settings.directory !== undefined) ids.add(settings.directory);
  return [...ids];
}
