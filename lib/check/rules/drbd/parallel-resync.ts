import type { DrbdResourceFacts } from '../../../topology/drbd';
import { byId, groupBy } from '../../collections';
import { highestResyncRate, parallelResync } from '../../resync-order';
import type { Rule, RuleFinding } from '../../rule';
import { rate } from '../../wording';
import { volumesOfHost } from '../../host-volumes';

/** E10: resources of one physical disk resynchronise one after the other. */
export const parallelResyncRule: Rule = {
  id: 'drbd/parallel-resync',
  severity: 'warning',
  requirements: ['E10'],
  title: 'DRBD resources on one physical disk do not resynchronise at the same time.',
  rationale:
    'The heads of one disk jump between all regions: each resynchronisation takes many times as long, the services on the disk crawl, and for all that time there is only one good copy.',
  check: (topology) => {
    const all = byId(topology.drbdResources);
    const reported = new Set<string>();
    const findings: RuleFinding[] = [];
    for (const host of topology.hosts) {
      const onDisk = groupBy(volumesOfHost(topology, host), ({ backing }) => backing?.physicalDisk);
      for (const [disk, volumes] of onDisk) {
        const resources = [...new Set(volumes.map(({ resource }) => resource))];
        const together = resources.length < 2 ? undefined : parallelResync(resources, all);
        const key = together?.map((resource) => resource.id).join(' ') ?? '';
        const second = together?.[1];
        if (!together || !second || reported.has(key)) continue;
        reported.add(key);
        findings.push(findingOf(host.name, disk, together, second, highestResyncRate(resources, all)));
      }
    }
    return findings;
  },
};

function findingOf(
  host: string,
  disk: string,
  together: readonly DrbdResourceFacts[],
  second: DrbdResourceFacts,
  sum: number,
): RuleFinding {
  const old = second.version === '0.7';
  return {
    path: second.path,
    problem: `resources on one physical disk resynchronise at the same time`,
    value: `${together.map((resource) => resource.name).join(', ')} on ${disk} of ${host}${sum > 0 ? `, together ${rate(sum)}` : ''}`,
    remedy: old ? 'give each a group of its own: groups follow each other' : 'let each follow another by resync-after',
    property: old ? 'disk.resyncGroup' : 'disk.resyncAfter',
  };
}
