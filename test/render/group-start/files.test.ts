import { files } from '../../../lib/render/group-start/files';
import { renderHost } from '../../../lib/render/render';
import type { GroupMemberFacts, MountMemberFacts } from '../../../lib/topology/cluster';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';

const [ONE, TWO] = ['hq/ox1', 'hq/ox2'];
const inTurn = groupwarePair();
const together = groupwarePair({}, {}, { start: 'together' });

const withMembers = (change: (members: readonly GroupMemberFacts[]) => readonly GroupMemberFacts[]): Topology => ({
  ...together,
  clusters: together.clusters.map((cluster) => ({
    ...cluster,
    groups: cluster.groups.map((group) => ({ ...group, members: change(group.members) })),
  })),
});

const isMount = (member: GroupMemberFacts): member is MountMemberFacts => member.kind === 'mount';

const withMount = (change: Partial<MountMemberFacts>): Topology =>
  withMembers((members) => members.map((member) => (isMount(member) ? { ...member, ...change } : member)));

const configuration = (topology: Topology): string[] =>
  files(topology, ONE)
    .find(({ path }) => path.endsWith('.conf'))!
    .content.split('\n')
    .slice(1, -1);

test('a group that starts in turn gets none of it, and its files are those of a group that says nothing', () => {
  expect(files(inTurn, ONE)).toEqual([]);
  expect(renderHost(groupwarePair({}, {}, { start: 'in-turn' }), ONE)).toEqual(renderHost(inTurn, ONE));
  expect(renderHost(inTurn, ONE).filter(({ content }) => /tandem-group|^After=.*slapd/mu.test(content))).toEqual([]);
});

test('is a resource script and what it knows of the group, the same on both nodes (X16)', () => {
  expect(files(together, ONE)).toMatchObject([
    { path: '/etc/ha.d/resource.d/tandem-group', mode: '0755', checker: 'sh' },
    { path: '/etc/tandem/group/groupware.conf', mode: '0644', secrets: [] },
  ]);
  expect(files(together, TWO)).toEqual(files(together, ONE));
  expect(files({ ...together, clusters: [] }, ONE)).toEqual([]);
});

test('changes nothing beside haresources, drop-ins and its own files', () => {
  const before = new Map(renderHost(inTurn, ONE).map(({ path, content }) => [path, content]));
  const changed = renderHost(together, ONE).filter(({ path, content }) => before.get(path) !== content);
  expect(changed.map(({ path }) => path)).toEqual([
    '/etc/ha.d/haresources',
    '/etc/ha.d/resource.d/tandem-group',
    '/etc/systemd/system/cyrus-imapd.service.d/tandem.conf',
    '/etc/systemd/system/openexchange.service.d/tandem.conf',
    '/etc/systemd/system/postfix.service.d/tandem.conf',
    '/etc/systemd/system/postfix@-.service.d/tandem.conf',
    '/etc/systemd/system/saslauthd.service.d/tandem.conf',
    '/etc/tandem/group/groupware.conf',
  ]);
});

test('names resources, mounts and units in start order', () => {
  expect(configuration(together)).toEqual([
    ...['ldap', 'database', 'imap-index', 'imap-spool', 'queue', 'documents'].map((name) => `resource ${name}`),
    'mount 0 /dev/drbd0 /var/lib/ldap ext4',
    'mount 0 /dev/drbd1 /var/lib/pgsql ext4',
    'mount 0 /dev/drbd2 /var/lib/imap ext4',
    'mount 0 /dev/drbd3 /var/spool/imap ext4 data=journal',
    'mount 0 /dev/drbd4 /var/spool/mta ext4',
    'mount 0 /dev/drbd5 /var/opt/openexchange ext4',
    'service slapd.service',
    'service saslauthd.service',
    'service postgresql.service postgresql@15-main.service',
    'service cyrus-imapd.service',
    'service postfix.service postfix@-.service',
    'service openexchange.service',
  ]);
});

test('has parents before what lies in them, and mounts without a DRBD resource', () => {
  const [first] = together.clusters[0]!.groups[0]!.members.filter(isMount);
  const mount = (directory: string, more: Partial<MountMemberFacts> = {}): MountMemberFacts => ({
    ...first!,
    directory,
    ...more,
  });
  const topology = withMembers(() => [
    mount('/srv/a/b/c'),
    mount('/srv/a/'),
    mount('/srv/ab', { device: 'nas:/export', fileSystem: 'nfs4', options: 'hard', source: { kind: 'unknown' } }),
    mount('/srv/a/b'),
  ]);
  expect(configuration(topology)).toEqual([
    'mount 0 /dev/drbd0 /srv/a ext4',
    'mount 0 nas:/export /srv/ab nfs4 hard',
    'mount 1 /dev/drbd0 /srv/a/b ext4',
    'mount 2 /dev/drbd0 /srv/a/b/c ext4',
  ]);
});

test.each([
  ['a mount point with a blank', { directory: '/srv/my mail' }],
  ['a mount point that a table of mounts escapes', { directory: '/srv/a#b' }],
  ['a device that is an option', { device: '-L' }],
  ['an empty device', { device: '' }],
  ['options of two words', { options: 'ro noatime' }],
  ['a type of two words', { fileSystem: 'ext4 x' }],
])('fails on %s and names the group', (_, change) => {
  expect(() => files(withMount(change), ONE)).toThrow(/\[groupware\/ox\/groupware\] format\/tandem-group: /u);
});
