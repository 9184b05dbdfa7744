import { FormatError } from '../../../lib/render/format-error';
import type { RenderedFile } from '../../../lib/render/file';
import { copyAddress } from '../../../lib/render/backup/copy-address';
import { files } from '../../../lib/render/backup/files';
import { timerSettings } from '../../../lib/render/backup/schedule';
import type { Topology } from '../../../lib/topology/topology';
import { failoverWithShadow } from '../../support/open-ldap-directories';
import { groupwarePair } from '../../support/pair';

const pair = groupwarePair();
const MINUTE = 60_000;

function fileAt(topology: Topology, path: string, host = 'hq/ox1'): RenderedFile {
  const found = files(topology, host).find((file) => file.path === path);
  if (!found) throw new Error(`no file ${path}`);
  return found;
}

test('each backup has commands to dump and to restore, and a timer on both nodes', () => {
  const paths = files(pair, 'hq/ox1').map(({ path, mode }) => `${mode} ${path}`);
  expect(paths).toEqual([
    '0755 /usr/local/sbin/tandem-backup-database-dump',
    '0755 /usr/local/sbin/tandem-restore-database-dump',
    '0644 /etc/systemd/system/tandem-backup-database-dump.service',
    '0644 /etc/systemd/system/tandem-backup-database-dump.timer',
    '0755 /usr/local/sbin/tandem-backup-directory-dump',
    '0755 /usr/local/sbin/tandem-restore-directory-dump',
    '0644 /etc/systemd/system/tandem-backup-directory-dump.service',
    '0644 /etc/systemd/system/tandem-backup-directory-dump.timer',
  ]);
  expect(files(pair, 'hq/ox2').map(({ path, mode }) => `${mode} ${path}`)).toEqual(paths);
});

test('the timer is enabled on its own and makes up for a time that was missed', () => {
  const timer = fileAt(pair, '/etc/systemd/system/tandem-backup-directory-dump.timer');
  expect(timer.content).toContain('OnCalendar=*-*-* *:00/30:00\nPersistent=true\n');
  expect(timer.activation).toEqual({ kind: 'enable', unit: 'tandem-backup-directory-dump.timer' });
});

test.each([
  [MINUTE, '*-*-* *:00/1:00'],
  [30 * MINUTE, '*-*-* *:00/30:00'],
  [60 * MINUTE, '*-*-* *:00:00'],
  [360 * MINUTE, '*-*-* 00/6:00:00'],
  [1440 * MINUTE, '*-*-* 00:00:00'],
])('an interval of %d ms that divides hour or day is a time of the clock', (interval, calendar) => {
  expect(timerSettings(interval)).toEqual([
    ['OnCalendar', calendar],
    ['Persistent', 'true'],
  ]);
});

test.each([7 * MINUTE, 90_500, 5 * 60 * MINUTE])(
  'an interval of %d ms that divides neither counts from the last run',
  (interval) => {
    expect(timerSettings(interval)).toContainEqual(['OnUnitActiveSec', `${interval}ms`]);
  },
);

test('copies go over the replication link, whichever node sends', () => {
  expect(copyAddress(pair, 'hq/ox1', 'hq/ox2')).toBe('192.168.180.20');
  expect(copyAddress(pair, 'hq/ox2', 'hq/ox1')).toBe('192.168.180.10');
});

test('without replication copies go over a network that both hosts have', () => {
  expect(copyAddress({ ...pair, drbdResources: [] }, 'hq/ox1', 'hq/ox2')).toBe('192.168.180.20');
  const hosts = pair.hosts.map((host) => ({
    ...host,
    interfaces: host.interfaces.filter(({ name }) => name === 'eth0'),
  }));
  expect(copyAddress({ ...pair, drbdResources: [], hosts }, 'hq/ox1', 'hq/ox2')).toBe('192.168.1.162');
});

test('fails when no network leads to the host that keeps the copies', () => {
  const hosts = pair.hosts.map((host) => ({ ...host, interfaces: host.id === 'hq/ox2' ? [] : host.interfaces }));
  expect(() => files({ ...pair, drbdResources: [], hosts }, 'hq/ox1')).toThrow(/has no network from hq\/ox1/);
});

test('fails for a dump that the service can not give', () => {
  const backups = pair.backups.map((backup) => ({ ...backup, kind: 'sql' as const }));
  expect(() => files({ ...pair, backups }, 'hq/ox1')).toThrow(
    "[groupware/directory-dump] format/backup: a dump of kind 'sql' can not be made of slapd.service",
  );
});

test.each(['a b', '../x', '', '-x', 'a\nb'])('fails for the name %j, which no unit can have', (name) => {
  const backups = pair.backups.map((backup) => ({ ...backup, name }));
  expect(() => files({ ...pair, backups }, 'hq/ox1')).toThrow(FormatError);
});

test('fails for a directory that is not an absolute path', () => {
  const backups = pair.backups.map((backup) => ({ ...backup, directory: 'dumps' }));
  expect(() => files({ ...pair, backups }, 'hq/ox1')).toThrow(/the directory of the dumps is not an absolute path/);
});

test('a directory is dumped on the host of its server alone, with nobody to copy to and nothing that fills it there', () => {
  const topology = failoverWithShadow().topology();
  const rendered = topology.hosts.map(({ id, name }) => [name, ...files(topology, id).map(({ path }) => path)]);
  expect(rendered).toEqual([
    ['four-host'],
    ['one-host'],
    ['three-host'],
    [
      'two-host',
      '/usr/local/sbin/tandem-backup-people-dump',
      '/etc/systemd/system/tandem-backup-people-dump.service',
      '/etc/systemd/system/tandem-backup-people-dump.timer',
    ],
  ]);
  const host = topology.hosts.find(({ name }) => name === 'two-host')?.id ?? '';
  const script = fileAt(topology, '/usr/local/sbin/tandem-backup-people-dump', host).content;
  expect(script).toContain("suffix='dc=example,dc=com'\n");
  expect(script).toContain("peers=''\n");
});
