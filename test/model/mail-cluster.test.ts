import {
  Deployment,
  DrbdResource,
  Duration,
  Host,
  MailPair,
  MailServer,
  Network,
  SharedVolume,
  Site,
  serial,
  type MailServerProps,
  type Mount,
} from '../../lib/index';
import type { HeartbeatClusterFacts } from '../../lib/topology/cluster';

/** A pair with queues that a function makes, and the clusters of its deployment. */
function clustersWith(
  queueOf: (d: Deployment, hosts: readonly Host[], number: number, network: Network) => Mount | undefined,
  more: Pick<MailServerProps, 'software'> = {},
): readonly HeartbeatClusterFacts[] {
  const d = new Deployment(undefined, 'mail');
  const site = new Site(d, 'hq');
  const lan = new Network(site, 'lan', { cidr: '192.0.2.0/24' });
  const host = (number: number): Host =>
    new Host(site, `mail${number}`, {
      interfaces: { eth0: lan.address(`192.0.2.1${number}`) },
      bootTime: Duration.seconds(20),
    });
  const hosts = [host(1), host(2)] as const;
  const server = (number: 1 | 2): MailServer =>
    new MailServer(d, `mx${number}`, { host: hosts[number - 1]!, queue: queueOf(d, hosts, number, lan), ...more });
  new MailPair(d, 'mx', {
    servers: [server(1), server(2)],
    domains: ['example.com'],
    links: [lan, serial('/dev/ttyS0')],
    deadtime: Duration.seconds(15),
  });
  return d.topology().clusters;
}

const onDrbd = (d: Deployment, hosts: readonly Host[], number: number, network: Network): Mount =>
  new DrbdResource(d, `queue${number}`, {
    hosts: [hosts[0]!, hosts[1]!],
    network,
    disk: `/dev/sdb${number}`,
    port: 7787 + number,
  }).mountedAt(`/srv/queue${number}`);
const onVolume =
  (kind: 'san' | 'nfs' | 'docker', source: string) =>
  (d: Deployment, hosts: readonly Host[], number: number): Mount =>
    new SharedVolume(d, `volume${number}`, { kind, source: `${source}${number}`, hosts }).mountedAt(
      `/srv/queue${number}`,
    );

test('a pair with its queues on DRBD is a cluster of its own name, a hot standby with a group for each server (S3, S4)', () => {
  const [cluster, ...others] = clustersWith(onDrbd);
  expect(others).toEqual([]);
  expect(cluster).toMatchObject({ id: 'mx', path: 'mail/mx', name: 'mx', standby: 'hot', autoFailback: 'off' });
  expect(cluster?.timing).toMatchObject({ deadtime: 15_000, warntime: 7_500, keepalive: 1_000 });
  expect(cluster?.groups.map(({ name, preferred }) => [name, preferred])).toEqual([
    ['mx1', 'hq/mail1'],
    ['mx2', 'hq/mail2'],
  ]);
  expect(cluster?.groups[0]?.members).toMatchObject([
    { kind: 'activation', resource: 'queue1', script: 'drbddisk' },
    { kind: 'mount', directory: '/srv/queue1', device: '/dev/drbd0' },
    { kind: 'service', service: 'mx/postfix-mx1' },
  ]);
});

test.each([
  ['san', '/dev/disk/by-id/lun'],
  ['nfs', 'nas.example.com:/queue'],
] as const)('a queue on %s is mounted and has nothing to promote', (kind, source) => {
  const [cluster] = clustersWith(onVolume(kind, source));
  expect(cluster?.groups[1]?.members).toMatchObject([
    { kind: 'mount', device: `${source}2`, source: { kind: 'shared', volume: 'volume2' } },
    { kind: 'service', service: 'mx/postfix-mx2' },
  ]);
});

test.each([
  ['on volumes of Docker, whose containers watch each other', onVolume('docker', 'queue'), {}],
  ['on the own disks', () => undefined, {}],
  ['of M-Switch, which is set up by hand', onDrbd, { software: 'm-switch' as const }],
] as const)('a pair with queues %s is no cluster', (_, queueOf, more) => {
  expect(clustersWith(queueOf, more)).toEqual([]);
});

test('a pair with one queue that only its own host reaches is no cluster', () => {
  expect(clustersWith((d, hosts, number, lan) => (number === 1 ? onDrbd(d, hosts, 1, lan) : undefined))).toEqual([]);
});
