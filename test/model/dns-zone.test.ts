import type { IConstruct } from 'constructs';
import {
  type DirectoryServer,
  DnsZone,
  type Host,
  type LoadBalancer,
  type MailFarm,
  type MailServer,
} from '../../lib/index';
import { printTopology, readTopology } from '../../lib/topology/read';
import { buildMail } from '../support/mail';

function built() {
  const d = buildMail();
  const named = <T>(...names: readonly string[]): T =>
    names.reduce<IConstruct>((scope, name) => scope.node.findChild(name), d) as unknown as T;
  return {
    d,
    farm: named<MailFarm>('farm'),
    front: named<LoadBalancer>('front-hq'),
    server: named<MailServer>('mx-hq-mail1'),
    directory: named<DirectoryServer>('ldap-hq-mail1'),
    nameServers: [named<Host>('hq', 'hq-ns')],
  };
}

test('a zone says where mail goes, in the order of the stack, and names servers of any kind', async () => {
  const { d, farm, front, server, directory, nameServers } = built();
  new DnsZone(d, 'zone', {
    origin: 'example.com',
    nameServers,
    roundRobin: { any: [front, server, directory] },
    mail: [front, farm],
  });
  const topology = d.topology();
  expect(topology.dnsZones[0]).toMatchObject({
    names: [{ name: 'any', hosts: ['hq/hq-mail1', 'hq/hq-mail1'], balancers: ['front-hq'] }],
    mail: [
      { kind: 'balancer', id: 'front-hq' },
      { kind: 'farm', id: 'farm' },
    ],
  });
  expect(await readTopology(printTopology(topology))).toEqual(topology);
});

test('a zone without names for several servers has none', () => {
  const { d, nameServers } = built();
  new DnsZone(d, 'zone', { origin: 'example.com', nameServers });
  expect(d.topology().dnsZones[0]).toMatchObject({ names: [], mail: [] });
});

test('fails for mail that goes to one twice', () => {
  const { d, front, nameServers } = built();
  expect(() => new DnsZone(d, 'zone', { origin: 'example.com', nameServers, mail: [front, front] })).toThrow(
    '[mail/zone] dns/mail: mail: names one more than once ("example.com"); name each once',
  );
});
