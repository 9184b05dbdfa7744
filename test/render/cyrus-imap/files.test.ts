import { mkdirSync } from 'node:fs';
import fc from 'fast-check';
import { files } from '../../../lib/render/cyrus-imap/files';
import { printCyrus, printImapd } from '../../../lib/render/cyrus-imap/print';
import { FormatError } from '../../../lib/render/format-error';
import type { CyrusImapSettings } from '../../../lib/topology/service';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';
import { nastyText } from '../nasty-text';
import { withSettings } from '../with-settings';
import { FakeNode } from '../shell/fake-node';

const pair = groupwarePair();
const [first = '', second = ''] = pair.hosts.map(({ id }) => id);

function content(path: string, topology: Topology = pair): string {
  return files(topology, first).find((file) => file.path === path)?.content ?? '';
}

/** Reads imapd.conf as Cyrus does: a backslash at the end joins lines, the value is the rest without spaces around. */
function options(text: string): Readonly<Record<string, string>> {
  const lines = text
    .replaceAll('\\\n', '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const match = /^([a-z_-]+):\s*(.*?)\s*$/su.exec(line);
      if (!match) throw new Error(`no option: ${JSON.stringify(line)}`);
      return [match[1] ?? '', match[2] ?? ''];
    }),
  );
}

test('is the same on both nodes', () => {
  expect(files(pair, second)).toEqual(files(pair, first));
});

test('keeps mailbox list, filter scripts and messages on the replicated storage', () => {
  expect(options(content('/etc/imapd.conf'))).toMatchObject({
    configdirectory: '/var/lib/imap',
    sievedir: '/var/lib/imap/sieve',
    'partition-default': '/var/spool/imap',
  });
});

test('asks saslauthd for passwords, and offers only what it can check', () => {
  expect(options(content('/etc/imapd.conf'))).toMatchObject({
    sasl_pwcheck_method: 'saslauthd',
    sasl_mech_list: 'PLAIN LOGIN',
    admins: 'cyrus',
  });
});

test('has no administrators when none are named', () => {
  const none = withSettings(pair, 'cyrus-imap', { administrators: [] });
  expect(options(content('/etc/imapd.conf', none))).not.toHaveProperty('admins');
});

test('starts a program for each port, and always the socket for the mail server', () => {
  const ports = withSettings(
    pair,
    'cyrus-imap',
    {},
    {
      ports: [
        { port: 143, protocol: 'tcp', from: 'clients' },
        { port: 4190, protocol: 'tcp', from: 'node' },
      ],
    },
  );
  expect(content('/etc/cyrus.conf', ports).match(/^ {2}.*listen=.*$/gm)).toEqual([
    '  imap cmd="imapd -U 30" listen="143" prefork="0" maxchild="100"',
    '  sieve cmd="timsieved" listen="127.0.0.1:4190" prefork="0" maxchild="100"',
    '  lmtpunix cmd="lmtpd" listen="/run/cyrus/socket/lmtp" prefork="0" maxchild="20"',
  ]);
});

test('lets Postfix into the folder of the socket, and only when it delivers there', () => {
  const path = '/etc/tmpfiles.d/cyrus-imapd.conf';
  expect(content(path)).toContain('\nd /run/cyrus/socket 0750 cyrus postfix - -\n');
  expect(content(path, withSettings(pair, 'postfix', { delivery: { kind: 'local' } }))).toBe('');
});

test('can be reloaded', () => {
  expect(content('/etc/systemd/system/cyrus-imapd.service.d/tandem-reload.conf')).toContain(
    '[Service]\nExecReload=/bin/kill -HUP $MAINPID\n',
  );
});

test('makes its directories where the file system is new, and not again (X19)', () => {
  const node = new FakeNode({ makedirs: 'mkdir "$node/imap/proc"' });
  try {
    mkdirSync(node.path('imap'));
    node.write('imapd.conf', `# comment\nconfigdirectory: ${node.path('imap')}\n`);
    const dropIn = content('/etc/systemd/system/cyrus-imapd.service.d/tandem-directories.conf');
    const [, command = ''] = /^ExecStartPre=\/bin\/sh -c '(.*)'$/mu.exec(dropIn) ?? [];
    // As systemd hands it to the shell.
    const script = command
      .replaceAll('$$', '$')
      .replace('/etc/imapd.conf', node.path('imapd.conf'))
      .replace('/usr/lib/cyrus/bin/makedirs', 'makedirs');
    expect([node.run(script).status, node.run(script).status]).toEqual([0, 0]);
    expect(node.calls('makedirs')).toHaveLength(1);
  } finally {
    node.close();
  }
});

test.each<[string, Partial<CyrusImapSettings>]>([
  ['a configuration directory that is not absolute', { configurationDirectory: 'imap' }],
  ['a mail partition that joins the next line', { mailPartition: '/var/spool/imap\\' }],
  ['an administrator that is a group', { administrators: ['group:staff'] }],
  ['two administrators in one', { administrators: ['cyrus root'] }],
])('fails for %s', (_name, settings) => {
  expect(() => files(withSettings(pair, 'cyrus-imap', settings), first)).toThrow(
    /^\[groupware\/cyrus\] format\/imapd\.conf: /,
  );
});

test('fails for a port that no program of it serves', () => {
  const ports = withSettings(pair, 'cyrus-imap', {}, { ports: [{ port: 144, protocol: 'tcp', from: 'clients' }] });
  expect(() => files(ports, first)).toThrow(/has no program; known are 110, 143, 4190 \("144"\)/);
});

test('fails for a value of cyrus.conf with a quote', () => {
  const section = (value: string): string =>
    printCyrus([{ name: 'START', entries: [{ name: 'recover', values: [{ key: 'cmd', value }] }] }]);
  expect(section('a b')).toBe('START {\n  recover cmd="a b"\n}\n');
  for (const value of ['a" b="c', 'a\\', 'a\nb']) expect(() => section(value)).toThrow(FormatError);
});

test('any text is refused or read back as it was', () => {
  fc.assert(
    fc.property(nastyText(), (value) => {
      let printed: string;
      try {
        printed = printImapd([
          { name: 'admins', value },
          { name: 'umask', value: '077' },
        ]);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      expect(options(printed)).toEqual({ admins: value, umask: '077' });
    }),
  );
});

test('any text in any property is refused or leaves the options as they are', () => {
  const usual = Object.keys(options(content('/etc/imapd.conf')));
  const settings: fc.Arbitrary<Partial<CyrusImapSettings>> = fc.oneof(
    nastyText().map((text) => ({ configurationDirectory: `/srv${text}` })),
    nastyText().map((text) => ({ mailPartition: `/srv${text}` })),
    nastyText().map((text) => ({ administrators: [text] })),
  );
  fc.assert(
    fc.property(settings, (changed) => {
      try {
        expect(Object.keys(options(content('/etc/imapd.conf', withSettings(pair, 'cyrus-imap', changed))))).toEqual(
          usual,
        );
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }),
  );
});
