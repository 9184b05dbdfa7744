import {
  Deployment,
  DirectoryServer,
  DnsZone,
  type DnsZoneProps,
  Duration,
  Host,
  type MailPair,
  Network,
  Site,
} from '../../../lib/index';
import { files } from '../../../lib/render/dns-zone/files';
import type { Topology } from '../../../lib/topology/topology';

/** Two servers, one of which has an address of version 6 and one of a network for replication too, and a name server. */
function topology(props: Partial<DnsZoneProps> = {}, names = ['one', 'two.example.com']): Topology {
  const d = new Deployment(undefined, 'd');
  const hq = new Site(d, 'hq');
  const lan = new Network(hq, 'lan', { cidr: '192.0.2.0/24' });
  const six = new Network(hq, 'six', { cidr: '2001:db8::/64' });
  const link = new Network(hq, 'link', { cidr: '198.51.100.0/24', purpose: 'replication' });
  const host = (name: string, last: number): Host =>
    new Host(hq, name, {
      interfaces: {
        eth0: lan.address(`192.0.2.${last}`),
        ...(last === 11 ? { eth1: six.address('2001:db8::11'), eth2: link.address('198.51.100.11') } : {}),
      },
    });
  const servers = names.map((name, index) => new DirectoryServer(d, `ldap${index}`, { host: host(name, 11 + index) }));
  new DnsZone(d, 'zone', {
    origin: 'example.com',
    nameServers: [host('ns1', 2), host('ns2.example.net', 3)],
    roundRobin: { ldap: servers, 'ldap.hq': servers },
    ...props,
  });
  return d.topology();
}

test('a zone file has several addresses for one name, and those of the hosts (R29, R37)', () => {
  const [file, ...others] = files(topology(), 'hq/ns1');
  expect(others).toEqual([]);
  expect(file).toMatchObject({
    ...{ path: '/etc/bind/db.example.com', mode: '0644', activation: { kind: 'reload', unit: 'named.service' } },
  });
  expect(file?.content).toBe(`; Tandem: d/zone; changes belong into the stack
$ORIGIN example.com.
$TTL 300
@ IN SOA ns1.example.com. hostmaster.example.com. ( 1 3600 900 1209600 300 )
@ IN NS ns1.example.com.
@ IN NS ns2.example.net.
ns1 IN A 192.0.2.2
one IN A 192.0.2.11
one IN AAAA 2001:db8::11
two IN A 192.0.2.12
ldap IN A 192.0.2.11
ldap IN AAAA 2001:db8::11
ldap IN A 192.0.2.12
ldap.hq IN A 192.0.2.11
ldap.hq IN AAAA 2001:db8::11
ldap.hq IN A 192.0.2.12
`);
});

test('all name servers get the file, and nobody else', () => {
  const facts = topology();
  expect(files(facts, 'hq/ns2.example.net')).toEqual(files(facts, 'hq/ns1'));
  expect(files(facts, 'hq/one')).toEqual([]);
});

test('serial, time to live and contact are those of the stack', () => {
  const props = { serial: 2_027_010_101, timeToLive: Duration.minutes(1), contact: 'dns@example.org' };
  expect(files(topology(props), 'hq/ns1')[0]?.content).toContain(
    '$TTL 60\n@ IN SOA ns1.example.com. dns.example.org. ( 2027010101 3600 900 1209600 60 )\n',
  );
});

test('fails when a name for several servers is that of a host', () => {
  expect(() => files(topology({}, ['ldap', 'two']), 'hq/ns1')).toThrow(
    '[d/zone] format/dns-zone: a name stands for one server already ("ldap"); give it another one',
  );
});

test.each<[string, (facts: Topology) => Topology, RegExp]>([
  [
    'an address that is none',
    (facts) => withAddress(facts, '192.0.2.1\n@ IN A 192.0.2.9'),
    /an address is no IP address/,
  ],
  [
    'a name that would be another line',
    (facts) => withZone(facts, { origin: 'a\n$INCLUDE /etc/passwd' }),
    /a name is not of labels/,
  ],
  [
    'a serial of no whole number',
    (facts) => withZone(facts, { serial: 1.5 }),
    /a number is none of 31 bits \("1\.5"\)/,
  ],
])('fails for %s', (_, change, message) => {
  expect(() => files(change(topology()), 'hq/ns1')).toThrow(message);
});

const withAddress = (facts: Topology, address: string): Topology => ({
  ...facts,
  hosts: facts.hosts.map((host) => ({ ...host, interfaces: host.interfaces.map((one) => ({ ...one, address })) })),
});

const withZone = (facts: Topology, change: object): Topology => ({
  ...facts,
  dnsZones: facts.dnsZones.map((zone) => ({ ...zone, ...change })),
});

test.each<[string, Partial<DnsZoneProps>, string]>([
  ['a domain that is none', { origin: 'example..com' }, 'value/hostname: origin'],
  ['no name server', { nameServers: [] }, 'dns/name-servers: nameServers'],
  ['a name for no server', { roundRobin: { ldap: [] } }, 'dns/name: roundRobin: a name stands for no server ("ldap")'],
  ['a name that is none', { roundRobin: { 'l dap': [] } }, 'value/hostname: roundRobin'],
  ['a mailbox that is none', { contact: 'hostmaster' }, 'value/mailbox: contact'],
  ['a serial that is too great', { serial: 2 ** 31 }, 'value/number: serial'],
  [
    'a name for something else',
    { roundRobin: { ldap: ['one' as unknown as DirectoryServer] } },
    'value/type: roundRobin: a DirectoryServer or a MailServer or a LoadBalancer is needed',
  ],
  [
    'mail for something else',
    { mail: ['mx' as unknown as MailPair] },
    'value/type: mail: a MailFarm or a MailPair or a LoadBalancer is needed',
  ],
  ['answers that are not kept', { timeToLive: Duration.milliseconds(10) }, 'value/number: timeToLive'],
])('a zone fails for %s', (_, props, message) => {
  expect(() => topology(props)).toThrow(`[d/zone] ${message}`);
});
