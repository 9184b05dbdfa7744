import { clusteredResources } from '../../groups';
import type { Rule } from '../../rule';

/** X2: a copy that missed writes is not promoted. */
export const fencingPolicy: Rule = {
  id: 'drbd/fencing-policy',
  severity: 'warning',
  requirements: ['X2', 'X4'],
  title:
    'Resources that a cluster takes over mark a lost peer as outdated (fencing resource-only or resource-and-stonith).',
  rationale:
    'When only the replication link fails, the standby keeps an old copy and does not know it. If the active node fails later, the old copy is promoted, and all that was acknowledged in between is lost.',
  check: (topology) =>
    clusteredResources(topology)
      .filter((resource) => resource.version !== '0.7' && (resource.fencing ?? 'dont-care') === 'dont-care')
      .map((resource) => ({
        path: resource.path,
        problem: 'a copy that missed writes can be promoted',
        value: resource.fencing === undefined ? 'fencing not given: dont-care' : 'fencing dont-care',
        remedy: "set fencing to 'resource-only' with a fence-peer handler",
        property: 'fencing',
      })),
};
