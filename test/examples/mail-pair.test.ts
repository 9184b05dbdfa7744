import 'tandem-ha/testing';
import * as ha from 'tandem-ha';

const d = new ha.Deployment(undefined, 'mail', { timeServers: ['192.0.2.1'] });
const hq = new ha.Site(d, 'hq');
const switches = [new ha.Switch(hq, 'a'), new ha.Switch(hq, 'b')];
const lan = new ha.Network(hq, 'lan', { cidr: '192.0.2.0/24', switches });
const link = new ha.Network(hq, 'link', { cidr: '10.0.0.0/24', purpose: 'replication' });
const host = (name: string, last: number): ha.Host =>
  new ha.Host(hq, name, {
    interfaces: { eth0: lan.address(`192.0.2.${last}`), eth1: link.address(`10.0.0.${last}`) },
    serialPorts: ['/dev/ttyS0'],
  });
const hosts = [host('mail1', 11), host('mail2', 12)] as const;
const queue = (name: string, disk: string, port: number): ha.Mount =>
  new ha.DrbdResource(d, name, {
    hosts,
    network: link,
    disk,
    port,
    resyncRate: ha.DataRate.mebibytesPerSecond(10),
  }).mountedAt(`/var/spool/postfix-${name}`);
const fences = (target: ha.Host, from: ha.Host, address: string): ha.FencingDevice =>
  new ha.FencingDevice(hq, `fence-${target.name}`, {
    plugin: 'external/ipmi',
    fences: [target],
    from,
    parameters: {
      hostname: target.name,
      ipaddr: address,
      userid: 'tandem',
      passwd: ha.SecretRef.named('ipmi'),
      interface: 'lanplus',
    },
  });

new ha.MailPair(d, 'mx', {
  servers: [
    new ha.MailServer(d, 'mx1', { host: hosts[0], queue: queue('queue1', '/dev/sdb1', 7801), messagesPerSecond: 50 }),
    new ha.MailServer(d, 'mx2', { host: hosts[1], queue: queue('queue2', '/dev/sdc1', 7802), messagesPerSecond: 50 }),
  ],
  domains: ['example.com'],
  configuration: ha.MailConfiguration.table({ transports: { 'example.com': '[store.example.com]:24' } }),
  links: [link, ha.serial('/dev/ttyS0')],
  fencing: [fences(hosts[0], hosts[1], '192.0.2.21'), fences(hosts[1], hosts[0], '192.0.2.22')],
  workload: { messagesPerDay: 1_000_000, peakFactor: 2 },
});
d.acknowledge('mail/one-site', 'mail waits at its senders while the site is down');

test('the design has no findings', () => {
  expect(d).toHaveNoFindings();
});
