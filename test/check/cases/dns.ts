import type { Topology } from '../../../lib/topology/topology';
import { faultless } from '../directory-fixtures';
import { accepts, finds, type RuleCase } from '../rule-case';

const zone = (...hosts: readonly string[]): Topology => ({
  ...faultless,
  dnsZones: [
    {
      ...{ id: 'zone', path: 'directories/zone', origin: 'example.com', contact: 'hostmaster@example.com' },
      ...{ nameServers: ['hq/a-host'], serial: 1, timeToLive: 300_000, names: [{ name: 'ldap', hosts }] },
    },
  ],
});

/** Rules about names of servers. */
export const dnsCases: readonly RuleCase[] = [
  accepts('dns/round-robin', 'a name stands for two servers', zone('hq/a-host', 'hq/b-host')),
  finds(
    'dns/round-robin',
    'a name stands for one server, named twice',
    zone('hq/a-host', 'hq/a-host'),
    'directories/zone',
    /one server alone \(ldap\.example\.com\); add another/,
  ),
];
