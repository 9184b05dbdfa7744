import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { files } from '../../../lib/render/postfix/files';
import { printMain, printMaster } from '../../../lib/render/postfix/print';
import type { PostfixSettings } from '../../../lib/topology/service';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';
import { nastyText } from '../nasty-text';
import { withOwnGroup, withSettings } from '../with-settings';
import { FakeNode } from '../shell/fake-node';

const pair = groupwarePair();
const [first = '', second = ''] = pair.hosts.map(({ id }) => id);

function content(name: string, topology: Topology = pair): string {
  return files(topology, first).find(({ path }) => path === `/etc/postfix/${name}`)?.content ?? '';
}

/** Reads main.cf as Postfix does: a line that begins with a blank goes on, blanks around a value are dropped. */
function parameters(text: string): Readonly<Record<string, string>> {
  const lines = text
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const match = /^([a-z_0-9]+)\s*=\s*(.*?)\s*$/su.exec(line);
      if (!match) throw new Error(`no parameter: ${JSON.stringify(line)}`);
      return [match[1] ?? '', match[2] ?? ''];
    }),
  );
}

test('is the same on both nodes', () => {
  expect(files(pair, second)).toEqual(files(pair, first));
});

test('keeps the queue on the replicated storage and delivers into the mail store of the node', () => {
  expect(parameters(content('main.cf'))).toMatchObject({
    compatibility_level: '3.6',
    myhostname: 'mail.example.com',
    mydestination: '$myhostname localhost example.com',
    mynetworks: '127.0.0.0/8 192.168.1.0/24',
    queue_directory: '/var/spool/mta/queue',
    message_size_limit: '52428800',
    mailbox_transport: 'lmtp:unix:/run/cyrus/socket/lmtp',
    local_recipient_maps: '',
    relayhost: '',
  });
});

test('leaves recipients and mailboxes to the system when delivery is local', () => {
  const local = withSettings(pair, 'postfix', { delivery: { kind: 'local' } });
  const found = parameters(content('main.cf', local));
  expect(found).not.toHaveProperty('mailbox_transport');
  expect(found).not.toHaveProperty('local_recipient_maps');
});

test('speaks IPv6 only where a network has it, with addresses in brackets', () => {
  const [network] = pair.networks;
  if (!network) throw new Error('the pair has no network');
  const both = {
    ...withSettings(pair, 'postfix', { trustedNetworks: ['fd00::/64'] }),
    networks: [{ ...network, cidr: 'fd00::/64' }],
  };
  expect(parameters(content('main.cf'))['inet_protocols']).toBe('ipv4');
  expect(parameters(content('main.cf', both))).toMatchObject({
    inet_protocols: 'all',
    mynetworks: '127.0.0.0/8 [::1]/128 [fd00::]/64',
  });
});

test('names a domain once', () => {
  const twice = withSettings(pair, 'postfix', { destinations: ['mail.example.com', 'a.example', 'a.example'] });
  expect(parameters(content('main.cf', twice))['mydestination']).toBe('$myhostname localhost a.example');
});

test('hands outgoing mail to the relay host', () => {
  const relayed = withSettings(pair, 'postfix', { relayHost: '[relay.example.com]:587' });
  expect(parameters(content('main.cf', relayed))['relayhost']).toBe('[relay.example.com]:587');
});

test('runs no service in a chroot, and a server for each port', () => {
  const rows = content('master.cf')
    .split('\n')
    .filter((line) => /^[^#\s]/.test(line))
    .map((line) => line.split(/ +/));
  expect(rows[0]).toEqual(['25', 'inet', 'n', '-', 'n', '-', '-', 'smtpd']);
  expect([...new Set(rows.map((row) => row[4]))]).toEqual(['n']);
});

test('listens on loopback when only the node sends', () => {
  const node = withSettings(pair, 'postfix', {}, { ports: [{ port: 25, protocol: 'tcp', from: 'node' }] });
  expect(content('master.cf', node)).toMatch(/^127\.0\.0\.1:25 +inet /m);
});

test('stops with its wrapper, so that the queue can be unmounted afterwards', () => {
  expect(
    files(pair, first)
      .slice(-2)
      .map(({ path }) => path),
  ).toEqual([
    '/etc/systemd/system/postfix.service.d/tandem-stop.conf',
    '/etc/systemd/system/postfix@-.service.d/tandem-stop.conf',
  ]);
});

test('makes a table of aliases where there is none, and leaves one that exists (X19)', () => {
  const node = new FakeNode({ postalias: ': >"$node/aliases.db"' });
  try {
    const dropIn = files(pair, first).find(({ path }) => path.endsWith('/postfix@-.service.d/tandem-aliases.conf'));
    const [, command = ''] = /^ExecStartPre=\/bin\/sh -c '(.*)'$/mu.exec(dropIn?.content ?? '') ?? [];
    const script = command.replaceAll('/etc/aliases', node.path('aliases'));
    expect([node.run(script).status, node.run(script).status]).toEqual([0, 0]);
    expect(node.calls('postalias')).toEqual([`postalias hash:${node.path('aliases')}`]);
    expect(node.read('aliases')).toBe('');
  } finally {
    node.close();
  }
});

test('fails when the mail store is in another group, out of reach of its socket', () => {
  expect(() => files(withOwnGroup(pair, ['cyrus-imap'], '192.168.1.170'), first)).toThrow(/is in another group/);
});

test.each<[string, Partial<PostfixSettings>]>([
  ['a host name that is a parameter', { hostname: '$mydomain' }],
  ['a destination that is a table', { destinations: ['hash:/etc/passwd'] }],
  ['a destination that is a file', { destinations: ['/etc/passwd'] }],
  ['a destination that excludes', { destinations: ['!example.com'] }],
  ['a trusted network that is no CIDR', { trustedNetworks: ['0.0.0.0/0 !10.0.0.0/8'] }],
  ['a relay host that is a table', { relayHost: 'hash:/etc/relay:1' }],
  ['a queue directory that a shell would expand', { queueDirectory: '/srv/$(id)' }],
  ['a data directory with a space', { dataDirectory: '/srv/my data' }],
  ['no limit of the message size', { messageSizeLimit: 0 }],
])('fails for %s', (_name, settings) => {
  expect(() => files(withSettings(pair, 'postfix', settings), first)).toThrow(
    /^\[groupware\/postfix\] format\/main\.cf: /,
  );
});

test('doubles a dollar sign of a text and keeps that of a reference', () => {
  expect(printMain([{ name: 'smtpd_banner', words: [{ parameter: 'myhostname' }, 'a$b', '$$'] }])).toBe(
    'smtpd_banner = $myhostname a$$b $$$$\n',
  );
});

test('fails for a service of master.cf with a blank in its name', () => {
  expect(() => printMaster([{ name: 'a b', type: 'unix', command: 'smtp' }])).toThrow(FormatError);
});

test('any text is refused or read back as it was', () => {
  fc.assert(
    fc.property(nastyText(), (word) => {
      let printed: string;
      try {
        printed = printMain([
          { name: 'relayhost', words: [word] },
          { name: 'biff', words: ['no'] },
        ]);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      expect(parameters(printed)).toEqual({ relayhost: word.replaceAll('$', '$$$$'), biff: 'no' });
    }),
  );
});

test('any text in any property is refused or leaves the parameters as they are', () => {
  const usual = Object.keys(parameters(content('main.cf')));
  const settings: fc.Arbitrary<Partial<PostfixSettings>> = fc.oneof(
    nastyText().map((hostname) => ({ hostname })),
    nastyText().map((relayHost) => ({ relayHost })),
    nastyText().map((text) => ({ destinations: [text] })),
    nastyText().map((text) => ({ trustedNetworks: [text] })),
    nastyText().map((text) => ({ queueDirectory: `/srv${text}` })),
    nastyText().map((text) => ({ dataDirectory: `/srv${text}` })),
  );
  fc.assert(
    fc.property(settings, (changed) => {
      try {
        expect(Object.keys(parameters(content('main.cf', withSettings(pair, 'postfix', changed))))).toEqual(usual);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }),
  );
});
