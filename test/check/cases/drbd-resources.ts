import { accepts, finds, findsAll, type RuleCase } from '../rule-case';
import { copyOf, pair, withAllResources, withMember, withMembers, withoutMember, withResource } from '../fixtures';
import type { BackingDiskFacts, DrbdResourceFacts } from '../../../lib/topology/drbd';

const group = 'groupware/ox/groupware';
const queue = 'groupware/queue';
const renamed = (names: Readonly<Record<string, string>>): typeof pair => ({
  ...pair,
  drbdResources: pair.drbdResources.map((resource) => ({ ...resource, name: names[resource.id] ?? resource.name })),
});
const disks =
  (change: Partial<BackingDiskFacts>) =>
  (resource: DrbdResourceFacts): Partial<DrbdResourceFacts> => ({
    volumes: resource.volumes.map((volume) => ({
      ...volume,
      disks: volume.disks.map((disk, index) => (index === 0 ? { ...disk, ...change } : disk)),
    })),
  });
const peer =
  (change: Partial<DrbdResourceFacts['peers'][number]>) =>
  (resource: DrbdResourceFacts): Partial<DrbdResourceFacts> => ({
    peers: resource.peers.map((one, index) => (index === 0 ? { ...one, ...change } : one)),
  });
const minor =
  (number: number) =>
  (resource: DrbdResourceFacts): Partial<DrbdResourceFacts> => ({
    volumes: resource.volumes.map((volume) => ({ ...volume, minor: number })),
  });
const swapped = (resource: DrbdResourceFacts): Partial<DrbdResourceFacts> => ({
  peers: resource.peers.map((one, index) => ({ ...one, address: index === 0 ? '192.168.180.20' : '192.168.180.10' })),
});

export const resourceCases: readonly RuleCase[] = [
  accepts('drbd/peer-count', 'there are two peers', pair),
  accepts(
    'drbd/peer-count',
    'DRBD 9 has three peers',
    withResource('queue', (resource) => ({
      version: '9',
      peers: [...resource.peers, { host: 'hq/ox3', nodeId: 2, address: '192.168.180.30', port: 7792 }],
    })),
  ),
  finds(
    'drbd/peer-count',
    'there is one peer',
    withResource('queue', (one) => ({ peers: one.peers.slice(1) })),
    queue,
    /exactly two different peers \(hq\/ox2\)/,
  ),
  finds(
    'drbd/peer-count',
    'a peer is named twice',
    withResource('queue', peer({ host: 'hq/ox2' })),
    queue,
    /\(hq\/ox2, hq\/ox2\)/,
  ),
  accepts(
    'drbd/one-volume',
    'DRBD 8.4 has two volumes',
    withResource('queue', (one) => ({ volumes: [...one.volumes, ...one.volumes] })),
  ),
  finds(
    'drbd/one-volume',
    'DRBD 0.7 has two volumes',
    withResource('queue', (one) => ({ version: '0.7', volumes: [...one.volumes, ...one.volumes] })),
    queue,
    /exactly one volume \(2\)/,
  ),
  accepts('drbd/unique-name', 'the names differ', pair),
  findsAll(
    'drbd/unique-name',
    'two resources have one name',
    renamed({ queue: 'ldap' }),
    { path: queue, text: /already has on ox1 \(ldap\)/ },
    { path: queue, text: /on ox2/ },
  ),
  accepts(
    'drbd/unique-endpoint',
    'two peers have one port on two addresses',
    withResource('queue', peer({ port: 7788, address: '192.168.1.161' })),
  ),
  finds(
    'drbd/unique-endpoint',
    'two resources have one address and port',
    withResource('queue', peer({ port: 7788 })),
    queue,
    /already uses on ox1 \(192\.168\.180\.10:7788\)/,
  ),
  accepts('drbd/unique-minor', 'the numbers differ', pair),
  findsAll(
    'drbd/unique-minor',
    'two volumes have one number',
    withResource('queue', minor(0)),
    { path: queue, text: /resource ldap already uses on ox1 \(0\)/ },
    { path: queue, text: /on ox2/ },
  ),
  accepts('drbd/unique-disk', 'the partitions differ', pair),
  finds(
    'drbd/unique-disk',
    'two volumes lie on one partition (X18)',
    withResource('queue', disks({ disk: '/dev/sdb1' })),
    queue,
    /ldap already uses on ox1 \(\/dev\/sdb1\)/,
  ),
  accepts(
    'drbd/unique-meta-disk',
    'two volumes use two places',
    withResource(
      'queue',
      disks({ metaDisk: '/dev/sdc1[0]' }),
      withResource('ldap', disks({ metaDisk: '/dev/sdc1[1]' })),
    ),
  ),
  finds(
    'drbd/unique-meta-disk',
    'two volumes use one place',
    withResource(
      'queue',
      disks({ metaDisk: '/dev/sdc1[0]' }),
      withResource('ldap', disks({ metaDisk: '/dev/sdc1 [0]' })),
    ),
    queue,
    /\(\/dev\/sdc1\[0\]\)/,
  ),
  finds(
    'drbd/unique-meta-disk',
    'metadata lie on a backing disk',
    withResource('queue', disks({ metaDisk: '/dev/sdb1' })),
    queue,
    /ldap .*\(\/dev\/sdb1\)/,
  ),
  accepts('drbd/unique-node-id', 'the ids differ', withAllResources({ version: '9' })),
  finds(
    'drbd/unique-node-id',
    'two peers have one id',
    withResource('queue', (one) => ({ version: '9', ...peer({ nodeId: 1 })(one) })),
    queue,
    /\(1\)/,
  ),
  accepts('drbd/minor-range', 'DRBD 8.4 has a high number', withResource('queue', minor(1000))),
  finds(
    'drbd/minor-range',
    'DRBD 0.7 has a high number',
    withResource('queue', (one) => ({ version: '0.7', ...minor(1000)(one) })),
    queue,
    /from 0 to 254/,
  ),
  accepts('drbd/semantic-name', 'names say what resources hold', pair),
  finds(
    'drbd/semantic-name',
    'a name is a number',
    renamed({ queue: 'r1' }),
    queue,
    /\(r1, \/var\/spool\/mta\); name it after its data, for instance 'mta'/,
  ),
  findsAll(
    'drbd/semantic-name',
    'the start order contradicts the numbers',
    withMembers((members) => members.slice(0, 6), renamed({ ldap: 'r1', database: 'r0' })),
    { path: 'groupware/database', text: /r0, \/var\/lib\/pgsql/ },
    { path: 'groupware/ldap', text: /r1, \/var\/lib\/ldap/ },
    { path: group, text: /another order .*\(r1, r0\)/ },
  ),
  accepts('drbd/script-name', 'the script is drbddisk', pair),
  finds(
    'drbd/script-name',
    'the script is that of DRBD 0.6',
    withMember('activation ldap', (member) => ({ ...member, script: 'datadisk' }) as never),
    `${group}/activation ldap`,
    /for DRBD 8\.4 \(datadisk\)/,
  ),
  accepts('drbd/without-mount', 'every activated resource is mounted', pair),
  finds(
    'drbd/without-mount',
    'a mount was forgotten',
    withoutMember('mount /var/spool/mta'),
    `${group}/activation queue`,
    /\(\/dev\/drbd4\)/,
  ),
  accepts('drbd/without-group', 'every resource is in a group', pair),
  finds('drbd/without-group', 'a resource was forgotten', copyOf('queue', {}), 'groupware/copy', /\(copy\)/),
  accepts('drbd/node-order', 'numbers and addresses rise together', pair),
  findsAll(
    'drbd/node-order',
    'the node with the lower number has the higher address',
    withAllResources(swapped, { ...pair, hosts: pair.hosts.map((host) => ({ ...host, interfaces: [] })) }),
    { path: 'groupware/ox', text: /\(ox1 = 192\.168\.180\.20, ox2 = 192\.168\.180\.10\)/ },
  ),
  accepts(
    'drbd/node-order',
    'names have no common numbering',
    withAllResources(swapped, {
      ...pair,
      hosts: pair.hosts.map((host) => ({ ...host, interfaces: [], name: host.name === 'ox1' ? 'alpha1' : 'beta2' })),
    }),
  ),
];
