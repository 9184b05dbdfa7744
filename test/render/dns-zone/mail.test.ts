import { files } from '../../../lib/render/dns-zone/files';
import type { Topology } from '../../../lib/topology/topology';
import { mail } from '../../support/mail';
import { mailZone } from '../../support/mail-zone';

const records = (topology: Topology): readonly string[] =>
  (files(topology, 'hq/hq-ns')[0]?.content ?? '').split('\n').filter((line) => / IN (?:MX|A|AAAA) /.test(line));
const NAME_SERVERS = ['dr-ns IN A 198.51.100.15', 'hq-ns IN A 192.0.2.15'];

test('servers of a farm share the mail of the domain, those of the recovery site behind the others (S9)', () => {
  expect(records(mailZone({ mail: [{ kind: 'farm', id: 'farm' }] }))).toEqual([
    '@ IN MX 10 hq-mail1.example.com.',
    '@ IN MX 10 hq-mail2.example.com.',
    '@ IN MX 20 dr-mail1.example.com.',
    '@ IN MX 20 dr-mail2.example.com.',
    'dr-mail1 IN A 198.51.100.11',
    'dr-mail2 IN A 198.51.100.12',
    NAME_SERVERS[0],
    'hq-mail1 IN A 192.0.2.11',
    'hq-mail2 IN A 192.0.2.12',
    NAME_SERVERS[1],
  ]);
});

test('load balancers stand for the servers behind them, by their name and address', () => {
  const balancers = ['front-hq', 'front-dr'];
  const found = records(
    mailZone({
      mail: balancers.map((id) => ({ kind: 'balancer', id })),
      names: [{ name: 'smtp', hosts: [], balancers }],
    }),
  );
  expect(found).toEqual([
    '@ IN MX 10 front-hq.example.com.',
    '@ IN MX 20 front-dr.example.com.',
    NAME_SERVERS[0],
    'front-dr IN A 198.51.100.100',
    'front-hq IN A 192.0.2.100',
    NAME_SERVERS[1],
    'smtp IN A 192.0.2.100',
    'smtp IN A 198.51.100.100',
  ]);
});

test('a server that greets with a name of another domain gets no address here', () => {
  const topology = mail();
  const mailServers = topology.mailServers.map((one) => ({ ...one, hostname: `${one.name}.example.org` }));
  expect(records(mailZone({ mail: [{ kind: 'pair', id: 'mx-hq' }] }, { ...topology, mailServers }))).toEqual([
    '@ IN MX 10 mx-hq-mail1.example.org.',
    '@ IN MX 10 mx-hq-mail2.example.org.',
    ...NAME_SERVERS,
  ]);
});

test('fails for one name with two addresses', () => {
  const topology = mail();
  const loadBalancers = topology.loadBalancers.map((one) => ({ ...one, name: 'hq-ns' }));
  expect(() =>
    records(mailZone({ mail: [{ kind: 'balancer', id: 'front-hq' }] }, { ...topology, loadBalancers })),
  ).toThrow('[mail/zone] format/dns-zone: a name stands for another address already ("hq-ns")');
});
