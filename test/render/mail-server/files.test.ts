import path from 'node:path';
import { SecretRef } from '../../../lib/index';
import { FormatError } from '../../../lib/render/format-error';
import { files } from '../../../lib/render/mail-server/files';
import { printLookupTable } from '../../../lib/render/mail-server/lookups';
import { printTable } from '../../../lib/render/mail-server/tables';
import { renderHost } from '../../../lib/render/render';
import { mailGraph } from '../../../lib/topology/mail-graph';
import type { Topology } from '../../../lib/topology/topology';
import { expectGoldenText } from '../../support/golden-text';
import { mail } from '../../support/mail';
import { mailPair, mailPairWithDirectory } from '../../support/mail-pair';

const table = mailPair({
  recipients: ['bob@example.com', 'Ann@example.com'],
  aliases: { 'sales@example.com': ['bob@example.com', 'eve@example.org'], '@example.com': ['rest@example.com'] },
  transports: { 'example.com': '[store.example.com]:24', 'example.org': 'relay.example.net' },
});
const directory = mailPairWithDirectory({
  reader: { name: 'cn=mail reader,dc=example,dc=com', password: SecretRef.named('mail_reader') },
});

/** The files of the first or second host, by path. */
function onHost(topology: Topology, index = 0): ReadonlyMap<string, string> {
  const host = topology.hosts[index];
  if (!host) throw new Error('there is no such host');
  return new Map(files(topology, host.id).map(({ path: place, content }) => [place, content]));
}

test.each([
  ['table', table],
  ['directory', directory],
])('configuration in a %s is as it was read and approved', (name, topology) => {
  const shown = [...onHost(topology)].filter(([place]) => !place.endsWith('master.cf') && place.startsWith('/etc/'));
  const text = shown.map(([place, content]) => `=== ${place}\n${content}`).join('\n');
  expectGoldenText(text, path.join(__dirname, 'golden', `${name}.txt`));
});

test('an instance is the same on both hosts, but that away it takes no mail', () => {
  const [one, two] = [onHost(table, 0), onHost(table, 1)];
  const differ = [...one].filter(([place, content]) => two.get(place) !== content).map(([place]) => place);
  expect(differ).toEqual([
    ...['/etc/postfix/main.cf', '/etc/postfix/master.cf', '/etc/postfix-mx1/main.cf', '/etc/postfix-mx2/main.cf'],
    '/usr/local/sbin/tandem-mail-queue',
  ]);
  expect(two.get('/etc/postfix-mx1/main.cf')?.replace('master_service_disable = inet\n', '')).toBe(
    one.get('/etc/postfix-mx1/main.cf'),
  );
  expect(one.get('/etc/postfix-mx1/main.cf')).not.toContain('master_service_disable');
});

test('the password of the reader stands as a marker in a file that Postfix alone reads', () => {
  const found = files(directory, directory.hosts[0]?.id ?? '').filter(({ secrets }) => secrets.length > 0);
  expect(found.map(({ path: place, mode, owner, group, secrets }) => [place, mode, owner, group, secrets])).toEqual(
    ['mx1', 'mx2'].map((name) => [`/etc/postfix-${name}/directory.cf`, '0640', 'root', 'postfix', ['mail_reader']]),
  );
  expect(onHost(directory).get('/etc/postfix-mx1/directory.cf')).toContain('bind_pw = @@tandem-secret:mail_reader@@\n');
});

test('both instances of a host ask the directory servers near it first', () => {
  const topology = mail();
  const graph = mailGraph(topology);
  for (const { host } of topology.mailServers) {
    const place = topology.hosts.find(({ id }) => id === host);
    const asked = files(topology, host)
      .filter(({ path: file }) => file.endsWith('/directory.cf'))
      .map(({ content }) => /^server_host = ldaps:\/\/([^ ]+)/m.exec(content)?.[1]);
    expect(asked).toEqual([place?.name, place?.name]);
  }
  expect(topology.mailPairs.map((pair) => graph.hostsOf(pair).length)).toEqual([2, 2]);
});

test('the log of a container is its standard output, that of a host syslog', () => {
  expect(onHost(table).get('/etc/postfix-mx1/main.cf')).toContain('maillog_file = /proc/1/fd/1\n');
  expect(onHost(mailPair({}, {}, 'nfs')).get('/etc/postfix-mx1/main.cf')).not.toContain('maillog');
});

test('hosts of other software, and hosts without a mail server, get nothing of it', () => {
  const other: Topology = {
    ...table,
    mailServers: table.mailServers.map((server) => ({ ...server, software: 'm-switch' })),
  };
  expect(onHost(other).size).toBe(0);
  const [, balancer] = mail().hosts.map(({ id }) => id);
  expect(files(mail(), balancer ?? '').map(({ path: place }) => place)).toEqual([]);
});

test('a host gets them with all its other files', () => {
  const paths = renderHost(table, table.hosts[0]?.id ?? '').map(({ path: place }) => place);
  expect(paths).toEqual(expect.arrayContaining([...onHost(table).keys()]));
});

test.each([
  [{ key: '#a@example.com', value: 'OK' }],
  [{ key: 'a b@example.com', value: 'OK' }],
  [{ key: '"a"@example.com', value: 'OK' }],
  [{ key: 'a@example.com', value: 'b@example.com\nc@example.com x' }],
  [{ key: 'a@example.com', value: '' }],
  [{ key: '', value: 'OK' }],
])('fails for a table with %j', (entry) => {
  expect(() => printTable([entry])).toThrow(FormatError);
});

test.each(['', ' a', 'a\nbind_pw = x', 'a\u0000'])('fails for a look-up with the value %j', (value) => {
  expect(() => printLookupTable({ settings: [['search_base', value]] })).toThrow(FormatError);
});

test('fails for a queue lifetime that Postfix does not take', () => {
  const lifetime = (milliseconds: number): Topology => ({
    ...table,
    mailServers: table.mailServers.map((server) => ({ ...server, queue: { ...server.queue, lifetime: milliseconds } })),
  });
  expect(onHost(lifetime(5_400_000)).get('/etc/postfix-mx1/main.cf')).toContain('maximal_queue_lifetime = 90m\n');
  expect(() => onHost(lifetime(0))).toThrow('[mail/mx1] format/main.cf: the queue lifetime ');
  expect(() => onHost(lifetime(101 * 86_400_000))).toThrow('is not between a second and 100 days');
});
