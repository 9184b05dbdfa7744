import { build } from '../../../lib/render/haresources/build';
import { files } from '../../../lib/render/haresources/files';
import { parse } from '../../../lib/render/haresources/parse';
import { groupsOf } from '../../../lib/render/haresources/syntax';
import { withoutLocations } from '../../../lib/render/source';
import type { GroupMemberFacts, HeartbeatClusterFacts } from '../../../lib/topology/cluster';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';

const pair = groupwarePair();
const [ONE, TWO] = ['hq/ox1', 'hq/ox2'];

const words = (topology: Topology): string[][] =>
  groupsOf(build(topology, ONE)).map((line) => [
    line.node,
    ...line.resources.map((one) => [one.script, ...one.arguments].join('::')),
  ]);

const withCluster = (change: (cluster: HeartbeatClusterFacts) => Partial<HeartbeatClusterFacts>): Topology => ({
  ...pair,
  clusters: pair.clusters.map((cluster) => ({ ...cluster, ...change(cluster) })),
});

const withMembers = (members: readonly GroupMemberFacts[]): Topology =>
  withCluster((cluster) => ({ monitoring: undefined, groups: cluster.groups.map((group) => ({ ...group, members })) }));

const place = { id: 'x', path: 'groupware/x' };
const address = (interfaces: readonly [string, string], prefixLength?: number): GroupMemberFacts => ({
  ...place,
  kind: 'address',
  address: '10.0.0.9',
  prefixLength,
  interfaces: [
    { host: ONE, interface: interfaces[0] },
    { host: TWO, interface: interfaces[1] },
  ],
  script: 'IPaddr2',
});

test('is the same on both nodes', () => {
  expect(files(pair, ONE)[0]?.content).toBe(files(pair, TWO)[0]?.content);
  expect(files(pair, ONE)).toMatchObject([{ path: '/etc/ha.d/haresources', mode: '0644', secrets: [] }]);
});

test('keeps the start order of the group and ends with the watch over its services', () => {
  const [line] = words(pair);
  expect(line?.slice(0, 6)).toEqual([
    'ox1',
    'drbddisk::ldap',
    'Filesystem::/dev/drbd0::/var/lib/ldap::ext4',
    'slapd',
    'saslauthd',
    'drbddisk::database',
  ]);
  expect(line?.slice(-2)).toEqual(['IPaddr2::192.168.1.160/24/eth0', 'tandem-monitor::groupware']);
});

test('leaves the interface out where its name differs between the nodes', () => {
  expect(words(withMembers([address(['eth0', 'eth0'], 24)]))).toEqual([['ox1', 'IPaddr2::10.0.0.9/24/eth0']]);
  expect(words(withMembers([address(['eth0', 'eth1'], 24)]))).toEqual([['ox1', 'IPaddr2::10.0.0.9/24']]);
  expect(words(withMembers([address(['eth0', 'eth0'])]))).toEqual([['ox1', 'IPaddr2::10.0.0.9']]);
  const inFull = { ...address(['eth0', 'eth0'], 64), address: 'fd00:2::10' } as GroupMemberFacts;
  expect(words(withMembers([inFull]))).toEqual([['ox1', 'IPaddr2::fd00:2:0:0:0:0:0:10/64/eth0']]);
});

test('writes mount options and scripts outside the model', () => {
  const mount: GroupMemberFacts = {
    ...place,
    kind: 'mount',
    source: { kind: 'unknown' },
    device: '/dev/drbd0',
    directory: '/srv',
    fileSystem: 'ext4',
    options: 'noatime,nodev',
  };
  const other: GroupMemberFacts = { ...place, kind: 'other', script: 'MailTo', arguments: ['root', 'failover'] };
  expect(words(withMembers([mount, other]))).toEqual([
    ['ox1', 'Filesystem::/dev/drbd0::/srv::ext4::noatime,nodev', 'MailTo::root::failover'],
  ]);
});

test('leaves out a group without members, and is not there on a host that is no node', () => {
  expect(words(withMembers([]))).toEqual([]);
  expect(files({ ...pair, clusters: [] }, ONE)).toEqual([]);
});

test('is read back by the parser without a fault', () => {
  const read = parse(files(pair, ONE)[0]?.content ?? '');
  expect(read.errors).toEqual([]);
  expect(withoutLocations(groupsOf(read.tree))).toEqual(build(pair, ONE).items);
});

describe('a group that starts together', () => {
  test('is one resource, with its address and its watch', () => {
    expect(words(groupwarePair({}, {}, { start: 'together' }))).toEqual([
      ['ox1', 'tandem-group::groupware', 'IPaddr2::192.168.1.160/24/eth0', 'tandem-monitor::groupware'],
    ]);
    expect(words(groupwarePair({}, {}, { start: 'together', addressPosition: 'first' }))).toEqual([
      ['ox1', 'IPaddr2::192.168.1.160/24/eth0', 'tandem-group::groupware', 'tandem-monitor::groupware'],
    ]);
  });

  test('stands where the first of what it starts stands, among members that heartbeat starts itself', () => {
    const other = (script: string): GroupMemberFacts => ({ ...place, kind: 'other', script, arguments: ['x'] });
    const [activation, mount] = pair.clusters[0]!.groups[0]!.members;
    const topology = withCluster((cluster) => ({
      monitoring: undefined,
      groups: cluster.groups.map((group) => ({
        ...group,
        start: 'together' as const,
        members: [other('First'), activation!, other('Second'), mount!, address(['eth0', 'eth0'])],
      })),
    }));
    expect(words(topology)).toEqual([['ox1', 'First::x', 'tandem-group::groupware', 'Second::x', 'IPaddr2::10.0.0.9']]);
  });

  test('fails beside another of its name', () => {
    const twice = withCluster((cluster) => ({
      groups: cluster.groups
        .map((group) => ({ ...group, start: 'together' as const }))
        .flatMap((group) => [group, { ...group, path: 'groupware/ox/other' }]),
    }));
    expect(() => build(twice, ONE)).toThrow(/is also the first of group 'groupware'.*tandem-group::groupware/u);
  });
});

test('fails on two groups that begin with the same resource', () => {
  const twice = withCluster((cluster) => ({
    groups: cluster.groups.flatMap((group) => [group, { ...group, name: 'other', path: 'groupware/ox/other' }]),
  }));
  expect(() => build(twice, ONE)).toThrow(
    /\[groupware\/ox\/other\] format\/haresources: the first resource of group 'other' is also the first of group 'groupware'/u,
  );
});

test('fails on a mount point with a blank and names the cluster', () => {
  const mount: GroupMemberFacts = {
    ...place,
    kind: 'mount',
    source: { kind: 'unknown' },
    device: '/dev/drbd0',
    directory: '/srv/my mail',
    fileSystem: 'ext4',
  };
  expect(() => files(withMembers([mount]), ONE)).toThrow(
    /\[groupware\/ox\] format\/haresources: .*blank.*\/srv\/my mail/u,
  );
});
