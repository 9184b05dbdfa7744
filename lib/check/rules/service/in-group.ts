import { lookup } from '../../../topology/lookup';
import type { Rule } from '../../rule';

/** X17: a managed service is started by a group. */
export const inGroup: Rule = {
  id: 'service/in-group',
  severity: 'error',
  requirements: ['X17', 'X21'],
  title: 'Every service belongs to a group.',
  rationale:
    'A service under the care of a cluster is not started at boot, so that without a group nothing ever starts it.',
  check: (topology) =>
    topology.services
      .filter((service) => lookup(topology).groupOf(service.id) === undefined)
      .map((service) => ({
        path: service.path,
        problem: 'a service that no group starts',
        value: service.name,
        remedy: 'add it to a group',
      })),
};
