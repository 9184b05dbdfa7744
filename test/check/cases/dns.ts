import type { MailExchangerFacts } from '../../../lib/topology/dns';
import type { Topology } from '../../../lib/topology/topology';
import { faultless } from '../directory-fixtures';
import { faultless as mailWithoutFaults } from '../mail-fixtures';
import { accepts, finds, type RuleCase } from '../rule-case';

const zone = (...hosts: readonly string[]): Topology => ({
  ...faultless,
  dnsZones: [
    {
      ...{ id: 'zone', path: 'directories/zone', origin: 'example.com', contact: 'hostmaster@example.com' },
      ...{
        nameServers: ['hq/a-host'],
        serial: 1,
        timeToLive: 300_000,
        names: [{ name: 'ldap', hosts, balancers: [] }],
        mail: [],
      },
    },
  ],
});

const mailZone = (origin: string, mail: readonly MailExchangerFacts[]): Topology => ({
  ...mailWithoutFaults,
  dnsZones: [{ ...zone().dnsZones[0]!, path: 'mail/zone', origin, names: [], mail }],
});
const balancer = (id: string): MailExchangerFacts => ({ kind: 'balancer', id });
const farm: MailExchangerFacts = { kind: 'farm', id: 'farm' };

/** A farm with so many pairs on the primary site, and one on the other. */
const wideFarm = (number: number): Topology => {
  const topology = mailZone('example.com', [farm]);
  const [pair] = topology.mailPairs.filter(({ id }) => id === 'mx-hq');
  const more = Array.from({ length: number - 1 }, (_, index) => ({
    ...pair!,
    id: `mx-hq${index + 2}`,
    servers: pair!.servers.map((id) => `${id}-${index + 2}`),
  }));
  const servers = topology.mailServers.filter(({ id }) => pair!.servers.includes(id));
  return {
    ...topology,
    mailPairs: [...topology.mailPairs, ...more],
    mailServers: [
      ...topology.mailServers,
      ...more.flatMap((_, index) => servers.map((one) => ({ ...one, id: `${one.id}-${index + 2}` }))),
    ],
    mailFarms: topology.mailFarms.map((one) => ({ ...one, pairs: [...one.pairs, ...more.map(({ id }) => id)] })),
  };
};

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
  accepts('dns/round-robin', 'a name stands for a load balancer', {
    ...mailZone('example.com', []),
    dnsZones: [{ ...zone().dnsZones[0]!, names: [{ name: 'ldap', hosts: [], balancers: ['front-hq'] }] }],
  }),
  accepts('dns/mail-domain', 'the pairs take the domain', mailZone('example.net', [farm])),
  finds(
    'dns/mail-domain',
    'a pair behind a balancer does not take the domain',
    mailZone('example.org', [balancer('front-hq')]),
    'mail/zone',
    /pair mx-hq does not take mail of the domain \(example\.org\)/,
  ),
  accepts('dns/mail-order', 'a farm has its recovery site behind', mailZone('example.com', [farm])),
  accepts(
    'dns/mail-order',
    'the primary site comes first',
    mailZone('example.com', [balancer('front-hq'), balancer('front-dr')]),
  ),
  finds(
    'dns/mail-order',
    'the recovery site comes first',
    mailZone('example.com', [balancer('front-dr'), balancer('front-hq')]),
    'mail/zone',
    /mail goes to the disaster-recovery site first \(front-dr\)/,
  ),
  accepts('dns/exchanger-limit', 'four servers of the primary site come first', wideFarm(2)),
  finds(
    'dns/exchanger-limit',
    'six servers of the primary site come first',
    wideFarm(3),
    'mail/zone',
    /servers of the primary site only \(6 before the first of the disaster-recovery site\); name 4 before it at most/,
  ),
  accepts('dns/exchanger-limit', 'there is no other site', {
    ...wideFarm(3),
    disasterRecoverySites: [],
  }),
];
