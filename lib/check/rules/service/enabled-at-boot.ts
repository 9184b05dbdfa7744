import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** X17: only the cluster starts what it manages. */
export const enabledAtBoot: Rule = {
  id: 'service/enabled-at-boot',
  severity: 'error',
  requirements: ['X17'],
  title: 'A service that a cluster manages is not started at boot.',
  rationale:
    'The standby starts it too, on an empty or missing directory: two instances answer, and what the second one writes is lost.',
  check: (topology) =>
    topology.services
      .filter((service) => service.enabledAtBoot && lookup(topology).groupOf(service.id) !== undefined)
      .map((service) => ({
        path: service.path,
        problem: 'a service that the cluster manages is also started at boot',
        value: service.unit,
        remedy: 'disable it at boot',
        property: 'enabledAtBoot',
      })),
};
