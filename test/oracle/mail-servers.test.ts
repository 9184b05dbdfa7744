import fc from 'fast-check';
import { type MailTables, MailConfiguration } from '../../lib/index';
import { files as mailServerFiles } from '../../lib/render/mail-server/files';
import { printTable, tablesOf } from '../../lib/render/mail-server/tables';
import type { TableConfigurationFacts } from '../../lib/topology/mail';
import type { Topology } from '../../lib/topology/topology';
import { mail } from '../support/mail';
import { mailPair } from '../support/mail-pair';
import { DIALOGUE } from './dialogue';
import { runMailHosts } from './mail-network';
import { runOnRenderedHost } from './sandbox';
import { type CommandResult, oracle } from './support';

/** All characters of an atom (RFC 5321). */
const ATOM = "abcXYZ019!#$%&'*+/=?^_`{|}~-";
const odd = [...ATOM].flatMap((character) => [`a${character}b@example.com`, `${character}x@example.com`]);
/** Those that a table may be asked for. */
const keys = odd.filter((address) => !/^#|[%!]/.test(address));

function onHost(topology: Topology, script: string): CommandResult {
  const [server] = topology.mailServers;
  if (!server) throw new Error('there is no mail server');
  return runOnRenderedHost({ topology, host: server.host, files: mailServerFiles(topology, server.host), script });
}

const TABLES: MailTables = {
  recipients: ['bob@example.com', 'Ann@example.com'],
  aliases: { 'sales@example.com': ['bob@example.com', 'ann@example.com'], '@example.com': ['rest@example.com'] },
  transports: { 'example.com': '[192.0.2.1]:2525', 'example.org': 'relay.example.net' },
};

describe.each([
  ['tables in containers', mailPair(TABLES)],
  ['tables on hosts', mailPair(TABLES, {}, 'nfs')],
  ['a directory', mail()],
])('with %s', (_, topology) => {
  const mounts = topology.mailServers
    .map(
      ({ queue: { directory } }) =>
        `install -d -m 0755 '${directory}'; mount -t tmpfs -o mode=0755 tmpfs '${directory}'`,
    )
    .join('\n');

  oracle('postfix', 'every instance has nothing to complain about', () => {
    // postlog(1) shows its messages only on a terminal, so script(1) lends one.
    const result = onHost(
      topology,
      `${mounts}
for folder in /etc/postfix /etc/postfix-*; do
  mkdir -p "$(postconf -c "$folder" -h queue_directory)/lost+found"
  postfix -c "$folder" check 2>/dev/null
  script --quiet --return --command "postfix -c '$folder' check" /dev/null
done`,
    );
    expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  oracle('postconf', 'every instance reads back what was rendered', () => {
    const result = onHost(
      topology,
      `for folder in /etc/postfix /etc/postfix-*; do
  grep -v '^#' "$folder/main.cf" | sort >/tmp/rendered
  postconf -c "$folder" -n | grep -v '^config_directory' | sort >/tmp/read
  diff /tmp/rendered /tmp/read
  postconf -c "$folder" -M >/dev/null
done`,
    );
    expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describe('tables', () => {
  const address = fc
    .tuple(
      fc.array(fc.string({ unit: fc.constantFrom(...ATOM), minLength: 1, maxLength: 12 }), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.constantFrom('example.com', 'example.net', 'xn--exmple-cua.com'),
    )
    .map(([atoms, domain]) => `${atoms.join('.')}@${domain}`);
  const key = address.filter((text) => !/^#|[%!]/.test(text));
  const differ = <T>(of: (one: T) => string) => ({ selector: (one: T) => of(one).toLowerCase(), maxLength: 8 });
  const targets = fc.array(address, { minLength: 1, maxLength: 4 });
  const hop = fc.constantFrom(
    '[a.example.com]:24',
    'b.example.com',
    '[192.0.2.1]',
    '[2001:db8::1]:25',
    'c.example.com:587',
  );
  const tables = fc.record(
    {
      recipients: fc.uniqueArray(
        key,
        differ((text: string) => text),
      ),
      aliases: fc
        .uniqueArray(
          fc.tuple(fc.oneof(key, fc.constant('@example.com')), targets),
          differ(([text]) => text),
        )
        .map(Object.fromEntries),
      transports: fc.dictionary(fc.constantFrom('example.com', 'example.org', 'a.example.com'), hop),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<MailTables>;

  oracle('postmap', 'of any content are read back unchanged', () => {
    const [pair] = mailPair().mailPairs;
    if (!pair) throw new Error('there is no pair');
    fc.assert(
      fc.property(fc.array(tables, { minLength: 100, maxLength: 100 }), (all) => {
        const rendered = all.flatMap((given) =>
          tablesOf(pair, MailConfiguration.table(given).facts() as TableConfigurationFacts),
        );
        const expected = rendered.map(({ entries }) => entries.map(({ key: asked, value }) => `${asked}\t${value}\n`));
        const { id } = mailPair().hosts[0]!;
        const result = runOnRenderedHost({
          topology: mailPair(),
          host: id,
          files: rendered.map(({ entries }, index) => ({
            ...{
              path: `/etc/tables/${index}`,
              content: printTable(entries),
              mode: '0644',
              owner: 'root',
              group: 'root',
            },
            ...{ secrets: [], source: pair.path },
          })),
          script: `for index in $(seq 0 ${rendered.length - 1}); do
  cut -d' ' -f1 "/etc/tables/$index" | postmap -q - "texthash:/etc/tables/$index" || [ ! -s "/etc/tables/$index" ]
done`,
        });
        expect(result.stderr).toBe('');
        expect(result.stdout).toBe(expected.flat().join(''));
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });

  oracle('postfix', 'take every character of an address to the recipient as it is', () => {
    const arrived = (from: number, lines: readonly string[]): readonly string[] => lines.slice(-from);
    const forwarded = dialogueWith(
      mailPair({ aliases: { 'all@example.com': odd } }),
      ['MAIL FROM:<someone@example.org>', 'RCPT TO:<all@example.com>'],
      ARRIVED,
    );
    expect(arrived(odd.length, forwarded)).toEqual([...odd].sort());
    const direct = dialogueWith(
      mailPair({ recipients: keys }),
      ['MAIL FROM:<someone@example.org>', ...keys.map((key) => `RCPT TO:<${key}>`)],
      ARRIVED,
    );
    expect(arrived(keys.length, direct)).toEqual([...keys].sort());
  });

  oracle('postfix', 'leave their own mail to addresses that exist, and the rest of the domain to its alias', () => {
    const said = dialogueWith(
      mailPair(TABLES),
      ['MAIL FROM:<x@example.org>', ...['bob', 'ann', 'nobody'].map((name) => `RCPT TO:<${name}@example.com>`)],
      ARRIVED,
    );
    expect(said.slice(-3)).toEqual(['Ann@example.com', 'bob@example.com', 'rest@example.com']);
  });
});

/** The recipients of what came to the relay host, sorted. */
const ARRIVED = 'within 60 is_empty mail1 mx1; cut -d" " -f2 /mnt/mail | LC_ALL=C sort';

/** What a server says to a stranger, or to a client at an address; then what a script prints. */
function dialogueWith(
  topology: Topology,
  commands: readonly string[],
  after = '',
  from = '192.0.2.99',
): readonly string[] {
  const words = ['EHLO client.example.org', ...commands, 'DATA', 'Subject: x\n\ntext\n.', 'QUIT']
    .map((command) => `'${command.replaceAll("'", "'\\''")}'`)
    .join(' ');
  const { stdout, stderr, status } = runMailHosts({
    topology,
    script: `power_on mail1; sink
ip addr add ${from}/32 dev bridge
ip route change 192.0.2.0/24 dev bridge src ${from}
DIALOGUE=$(cat <<'PROGRAM'
${DIALOGUE}
PROGRAM
)
queue mail1 start mx1
'${process.execPath}' -e "$DIALOGUE" -- 25 192.0.2.11 ${words}
${after}`,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.trimEnd().split('\n');
}

describe('a stranger', () => {
  const table = { ...TABLES, aliases: { 'sales@example.com': ['bob@example.com'] } };

  oracle('postfix', 'gets mail to the domains of the pair only, and to nobody who is unknown', () => {
    const ask = [
      ...['bob@example.com', 'BOB@example.com', 'ann@example.com', 'sales@example.com', 'nobody@example.com'],
      ...['someone@example.org', 'someone@elsewhere.example', 'bob@sub.example.com', 'root@[192.0.2.11]', 'root@mx1'],
      ...['someone%elsewhere.example@example.com', 'elsewhere.example!someone@example.com', '@example.com:a@b.example'],
      ...['someone@elsewhere.example@example.com', 'root@mx1.example.com', 'root@localhost', 'root'],
    ];
    expect(answers(mailPair(table), ask)).toEqual({
      ...{ 'bob@example.com': '250', 'BOB@example.com': '250', 'ann@example.com': '250', 'sales@example.com': '250' },
      ...{ 'nobody@example.com': '550', 'root@[192.0.2.11]': '550' },
      ...Object.fromEntries(
        ask.filter((address) => !/^[a-z]+@(example.com|\[.*\])$/i.test(address)).map((address) => [address, '554']),
      ),
    });
  });

  oracle('postfix', 'of a trusted network writes to anyone, but to nobody who is unknown', () => {
    const topology = mailPair(table);
    const trusting = topology.mailPairs.map((pair) => ({ ...pair, trustedNetworks: ['192.0.2.96/28'] }));
    expect(answers({ ...topology, mailPairs: trusting }, ['someone@example.org', 'nobody@example.com'])).toEqual({
      'someone@example.org': '250',
      'nobody@example.com': '550',
    });
  });

  oracle('postfix', 'gets mail to every address where none are listed, and to no subdomain', () => {
    expect(answers(mailPair(), ['nobody@example.com', 'a@b.example.com', 'a%b.example@example.com'])).toEqual({
      ...{ 'nobody@example.com': '250', 'a@b.example.com': '554', 'a%b.example@example.com': '554' },
    });
  });
});

/** The code by which a server takes or refuses each recipient. */
function answers(topology: Topology, recipients: readonly string[]): Readonly<Record<string, string>> {
  const said = dialogueWith(topology, [
    'MAIL FROM:<someone@example.org>',
    ...recipients.map((address) => `RCPT TO:<${address}>`),
  ]);
  const begin = said.findIndex((line) => line.startsWith('250 2.1.0')) + 1;
  return Object.fromEntries(recipients.map((address, index) => [address, said[begin + index]?.slice(0, 3) ?? '']));
}

oracle(
  'postfix',
  'the programs of a host send by its own mail server, and Debian starts and stops nothing but what takes them',
  () => {
    const { stdout, stderr, status } = runMailHosts({
      topology: mailPair({ aliases: { 'root@example.com': ['admin@example.org'] } }),
      script: `power_on mail1; sink; queue mail1 start mx1
at mail1 postmulti -i - -p start
at mail1 ss -Hltn | awk '{ print $4 }' | sort
at mail1 postmulti -l | tr -s ' '
at mail1 sh -c 'printf "Subject: x\n\ntext\n" | sendmail root'
comes 30 1
cat /mnt/mail
at mail1 postmulti -i - -p stop
at mail1 tandem-mail-queue status mx1
at mail1 sh -c 'runuser -u nobody -- postqueue -c /etc/postfix-mx1 -p'`,
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stderr: '',
      stdout:
        'mail1 start mx1: 0\n0.0.0.0:25\n- - y /etc/postfix\npostfix-mx1 - n /etc/postfix-mx1\npostfix-mx2 - n /etc/postfix-mx2\nroot@example.com admin@example.org\nrunning\nMail queue is empty\n',
    });
  },
);
