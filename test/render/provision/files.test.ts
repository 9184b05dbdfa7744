import { spawnSync } from 'node:child_process';
import { build } from '../../../lib/render/provision/build';
import { files } from '../../../lib/render/provision/files';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';
import { withSettings } from '../with-settings';

const pair = groupwarePair();
const provisionOf = (topology: Topology): ReturnType<typeof build> => build(topology, topology.clusters[0]!);

test('both nodes get the same command, readable to all and run by root', () => {
  const [file, ...others] = files(pair, 'hq/ox1');
  expect(file).toMatchObject({
    path: '/usr/local/sbin/tandem-provision',
    mode: '0755',
    owner: 'root',
    checker: 'sh',
    source: 'groupware/ox',
  });
  expect(others).toEqual([]);
  expect(files(pair, 'hq/ox2')).toEqual([file]);
});

test('it is a program that sh accepts', () => {
  const input = files(pair, 'hq/ox1')[0]?.content;
  expect(spawnSync('sh', ['-n'], { input, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

test('it is not made for DRBD 0.7, for hosts without a cluster and for clusters without DRBD', () => {
  const old = { ...pair, drbdResources: pair.drbdResources.map((one) => ({ ...one, version: '0.7' as const })) };
  const withoutGroups = pair.clusters.map((cluster) => ({ ...cluster, groups: [] }));
  expect(files(old, 'hq/ox1')).toEqual([]);
  expect(files({ ...pair, clusters: [] }, 'hq/ox1')).toEqual([]);
  expect(files({ ...pair, clusters: withoutGroups, drbdResources: [] }, 'hq/ox1')).toEqual([]);
});

test('DRBD 9 has commands of its own', () => {
  const nine = { ...pair, drbdResources: pair.drbdResources.map((one) => ({ ...one, version: '9' as const })) };
  expect(files(nine, 'hq/ox1')[0]?.content).toContain("generation='9'");
});

test('each mount holds what the services need in it, with owner and mode (X9)', () => {
  const contents = provisionOf(pair)?.mounts.flatMap((mount) =>
    mount.contents.map((one) => [mount.directory, one.below, one.owner, one.group, one.mode, one.initdb]),
  );
  expect(contents).toEqual([
    ['/var/lib/ldap', 'data', 'openldap', 'openldap', '0700', undefined],
    ['/var/lib/pgsql', '15/main', 'postgres', 'postgres', '0700', '15'],
    ['/var/lib/imap', '.', 'cyrus', 'mail', '0750', undefined],
    ['/var/spool/imap', '.', 'cyrus', 'mail', '0750', undefined],
    ['/var/spool/mta', 'queue', 'root', 'root', '0755', undefined],
    ['/var/opt/openexchange', '.', 'root', 'root', '0755', undefined],
  ]);
});

test('a directory is made on the deepest mount that holds it', () => {
  const nested = withSettings(pair, 'postgresql', { dataDirectory: '/var/lib/ldap/sql/main' });
  const clusters = nested.clusters.map((cluster) => ({
    ...cluster,
    groups: cluster.groups.map((group) => ({
      ...group,
      members: group.members.map((member) =>
        member.kind === 'mount' && member.directory === '/var/lib/pgsql'
          ? { ...member, directory: '/var/lib/ldap/sql' }
          : member,
      ),
    })),
  }));
  const mounts = provisionOf({ ...nested, clusters })?.mounts.filter(({ contents }) => contents.length > 0);
  expect(mounts?.slice(0, 2).map((mount) => [mount.directory, mount.contents.map(({ below }) => below)])).toEqual([
    ['/var/lib/ldap', ['data']],
    ['/var/lib/ldap/sql', ['main']],
  ]);
});

test('a resource comes up after the one that its resynchronisation waits for', () => {
  const [first, second] = pair.drbdResources;
  const drbdResources = pair.drbdResources.map((one) => ({
    ...one,
    disk: { ...one.disk, resyncAfter: one === first ? second?.id : undefined },
  }));
  const order = provisionOf({ ...pair, drbdResources })?.volumes.map(({ resource }) => resource) ?? [];
  expect(order.indexOf(second?.name ?? '')).toBeLessThan(order.indexOf(first?.name ?? ''));
});

test('a metadata device is looked at without its index', () => {
  const drbdResources = pair.drbdResources.map((one) => ({
    ...one,
    volumes: one.volumes.map((volume) => ({
      ...volume,
      disks: volume.disks.map((disk) => ({ ...disk, metaDisk: '/dev/sdc1[0]' })),
    })),
  }));
  expect(provisionOf({ ...pair, drbdResources })?.volumes[0]?.metaDisk).toBe('/dev/sdc1');
});

test.each(['/srv/two words', '/srv/../etc', '/srv/a\\b'])('fails for the data directory %s', (dataDirectory) => {
  const topology = withSettings(pair, 'openldap', { dataDirectory: `/var/lib/ldap${dataDirectory}` });
  expect(() => files(topology, 'hq/ox1')).toThrow(/provision/);
});
