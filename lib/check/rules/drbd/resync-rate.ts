import type { DrbdResourceFacts } from '../../../topology/drbd';
import { lookup } from '../../../topology/lookup';
import type { BitsPerSecond } from '../../../topology/units';
import { byId, groupBy } from '../../collections';
import { replicationNetwork } from '../../failure-causes';
import { highestResyncRate } from '../../resync-order';
import type { Rule, RuleFinding } from '../../rule';
import { rate } from '../../wording';

/** Part of a link that resynchronisation may take: the rest is for the writes that go on. */
const share = 0.3;

/** What is assumed of a link whose speed is not known: only what is too much even for it is reported. */
const assumedSpeed: BitsPerSecond = 1_000_000_000;

/** E10: resynchronisation leaves room for replication. */
export const resyncRate: Rule = {
  id: 'drbd/resync-rate',
  severity: 'warning',
  requirements: ['E10'],
  title: 'Resynchronisations that can run together take at most 30 % of their link.',
  rationale:
    'Every write of a service waits for the same link. A resynchronisation that fills it slows all services down just after a failure, and may delay heartbeats on the same cable.',
  check: (topology) => {
    const all = byId(topology.drbdResources);
    const reported = new Set<string>();
    const findings: RuleFinding[] = [];
    for (const host of topology.hosts) {
      const onLink = groupBy(
        lookup(topology).drbdResourcesOf(host.id),
        (resource) => replicationNetwork(topology, resource) ?? '',
      );
      for (const [network, resources] of onLink) {
        const key = `${network} ${resources.map((resource) => resource.id).join(' ')}`;
        if (reported.has(key)) continue;
        reported.add(key);
        const speed = network === '' ? undefined : lookup(topology).network(network).speed;
        const allowed = ((speed ?? assumedSpeed) / 8) * share;
        const sum = highestResyncRate(resources, all);
        if (sum <= allowed) continue;
        const path = network === '' ? (resources[0] as DrbdResourceFacts).path : lookup(topology).network(network).path;
        findings.push({
          path,
          problem: `resynchronisations take more than 30 % of the link${speed === undefined ? ', even of one with 1 Gbit/s' : ''}`,
          value: `${resources.map((resource) => resource.name).join(', ')}: ${rate(sum)}, allowed ${rate(allowed)}`,
          remedy: 'lower resyncRate or let resources follow each other',
          property: 'disk.resyncRate',
        });
      }
    }
    return findings;
  },
};
