import { build } from '../../../lib/render/ha-cf/build';
import { files } from '../../../lib/render/ha-cf/files';
import { parse } from '../../../lib/render/ha-cf/parse';
import type { HeartbeatClusterFacts, LinkFacts, NetworkLinkFacts } from '../../../lib/topology/cluster';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';

const pair = groupwarePair();
const [ONE, TWO] = ['hq/ox1', 'hq/ox2'];

const lines = (topology: Topology, host: string): string[] =>
  build(topology, host).items.flatMap((item) =>
    item.kind === 'directive' ? [[item.name, ...item.words].join(' ')] : [],
  );

const withCluster = (change: Partial<HeartbeatClusterFacts>): Topology => ({
  ...pair,
  clusters: pair.clusters.map((cluster) => ({ ...cluster, ...change })),
});

const ends: NetworkLinkFacts['ends'] = [
  { host: ONE, interface: 'eth1', address: '10.0.0.1' },
  { host: TWO, interface: 'eth2', address: '10.0.0.2' },
];
const media = (link: LinkFacts, host = ONE): string[] =>
  lines(withCluster({ links: [link] }), host).filter((line) => /cast|serial/u.test(line));

test('names the other node on every unicast path (E7)', () => {
  expect(lines(pair, ONE).filter((line) => line.startsWith('ucast'))).toEqual([
    'ucast eth0 192.168.1.162',
    'ucast eth1 192.168.180.20',
  ]);
  expect(lines(pair, TWO).filter((line) => line.startsWith('ucast'))).toEqual([
    'ucast eth0 192.168.1.161',
    'ucast eth1 192.168.180.10',
  ]);
});

test('takes the interface of the node itself where the names differ', () => {
  expect(media({ kind: 'ucast', ends }, TWO)).toEqual(['ucast eth2 10.0.0.1']);
});

test('writes broadcast, multicast, IPv6 and serial paths', () => {
  const multicast = { group: '239.0.0.1', port: 694, ttl: 1, loop: 0 as const };
  expect(media({ kind: 'bcast', ends })).toEqual(['bcast eth1']);
  expect(media({ kind: 'mcast', ends, multicast })).toEqual(['mcast eth1 239.0.0.1 694 1 0']);
  expect(media({ kind: 'mcast', ends, multicast: { ...multicast, group: 'ff12::1' } })).toEqual([
    'mcast6 eth1 ff12::1 694 1 0',
  ]);
  expect(media({ kind: 'ucast', ends: ends.map((end) => ({ ...end, address: 'fd00::2' })) })).toEqual([
    'ucast6 eth1 fd00::2',
  ]);
  const serial: LinkFacts = { kind: 'serial', baud: 19200, ends: [{ host: ONE, device: '/dev/ttyS1' }] };
  expect(media(serial)).toEqual(['serial /dev/ttyS1']);
});

test('writes all times explicitly (E9)', () => {
  const timing = { keepalive: 500, warntime: 3000, deadtime: 5000, initdead: 20_000 };
  expect(lines(withCluster({ timing }), ONE)).toEqual(
    expect.arrayContaining(['keepalive 500ms', 'warntime 3', 'deadtime 5', 'initdead 20']),
  );
});

test('puts port and speed before the paths they are for', () => {
  const written = lines(pair, ONE);
  const firstPath = written.findIndex((line) => line.startsWith('ucast'));
  expect(written.slice(0, firstPath)).toEqual(expect.arrayContaining(['udpport 694', 'baud 19200']));
  expect(parse(files(pair, ONE)[0]?.content ?? '').errors).toEqual([]);
});

test('starts the peer outdater only where the cluster has it', () => {
  expect(lines(pair, ONE)).toEqual(
    expect.arrayContaining([
      'respawn hacluster /usr/libexec/heartbeat/dopd',
      'apiauth dopd gid=haclient uid=hacluster',
    ]),
  );
  expect(lines(withCluster({ dopd: false }), ONE).filter((line) => line.includes('dopd'))).toEqual([]);
});

test('writes a fencing line per device for the node that uses it, parameters in order, a marker for the password', () => {
  expect(lines(pair, ONE).filter((line) => line.startsWith('stonith'))).toEqual([
    'stonith_host ox2 external/tandem-ipmi ox1 192.168.1.171 fencing @@tandem-secret:ipmi@@ lanplus',
    'stonith_host ox1 external/tandem-ipmi ox2 192.168.1.172 fencing @@tandem-secret:ipmi@@ lanplus',
  ]);
  expect(lines(withCluster({ fencingDelay: 0 }), ONE).find((line) => line.startsWith('stonith'))).toMatch(
    /^stonith_host ox2 external\/ipmi /u,
  );
  const both = { ...pair, fencingDevices: pair.fencingDevices.map((device) => ({ ...device, fences: [ONE, TWO] })) };
  expect(lines(both, ONE).find((line) => line.startsWith('stonith'))).toMatch(/^stonith_host \* /u);
  const from = { ...pair, fencingDevices: pair.fencingDevices.map((device) => ({ ...device, from: TWO })) };
  expect(lines(from, ONE).find((line) => line.startsWith('stonith'))).toMatch(/^stonith_host ox2 /u);
});

test('writes directives outside the model, those for media before the media', () => {
  const written = lines(withCluster({ extraDirectives: [{ name: 'realtime', value: 'off' }] }), ONE);
  expect(written.at(-1)).toBe('realtime off');
});

test('belongs to root alone, because it holds passwords', () => {
  expect(files(pair, ONE)).toMatchObject([
    { path: '/etc/ha.d/ha.cf', mode: '0600', owner: 'root', group: 'root', secrets: ['ipmi'] },
  ]);
});

test('is not there on a host that is no node', () => {
  expect(files({ ...pair, clusters: [] }, ONE)).toEqual([]);
});

test.each<[string, Partial<HeartbeatClusterFacts>, RegExp]>([
  [
    'a unicast path without an address',
    { links: [{ kind: 'ucast', ends: ends.map(({ host }) => ({ host, interface: 'eth1' })) }] },
    /needs the address of the other node/u,
  ],
  [
    'serial lines of different speed',
    {
      links: [9600, 19200].map((baud) => ({
        kind: 'serial' as const,
        baud,
        ends: [{ host: ONE, device: '/dev/ttyS0' }],
      })),
    },
    /one value for all serial lines/u,
  ],
  ['a directive with a hash', { extraDirectives: [{ name: 'env', value: 'a=#b' }] }, /begins a comment/u],
])('fails on %s and names the cluster', (_what, change, message) => {
  expect(() => files(withCluster(change), ONE)).toThrow(message);
  expect(() => files(withCluster(change), ONE)).toThrow('[groupware/ox] format/ha.cf:');
});

test('fails on a host in two clusters', () => {
  const twice = {
    ...pair,
    clusters: [...pair.clusters, ...pair.clusters.map((one) => ({ ...one, id: 'b', name: 'b' }))],
  };
  expect(() => files(twice, ONE)).toThrow(/is a node of two clusters/u);
});
