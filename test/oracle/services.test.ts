import { files as cyrusFiles } from '../../lib/render/cyrus-imap/files';
import type { RenderedFile } from '../../lib/render/file';
import { files as postfixFiles } from '../../lib/render/postfix/files';
import { files as postgresqlFiles } from '../../lib/render/postgresql/files';
import { files as saslauthdFiles } from '../../lib/render/saslauthd/files';
import { files as slapdFiles } from '../../lib/render/slapd/files';
import { groupwarePair } from '../support/pair';
import { withSettings } from '../render/with-settings';
import { DIALOGUE } from './dialogue';
import { runOnRenderedHost } from './sandbox';
import { type CommandResult, oracle } from './support';

const topology = groupwarePair();
const host = topology.hosts[0]?.id ?? '';
const MODULES = [slapdFiles, saslauthdFiles, postgresqlFiles, cyrusFiles, postfixFiles];
const allFiles = MODULES.flatMap((files) => files(topology, host));

function onHost(files: readonly RenderedFile[], script: string): CommandResult {
  return runOnRenderedHost({ topology, host, files, script });
}

/** Directories that are made when the replicated file systems are (X19). */
const EMPTY_DIRECTORY = `
mkdir /var/lib/ldap/data
chown openldap:openldap /var/lib/ldap/data
`;

/** slapd goes to the background before it listens. */
const START_SLAPD = `/etc/init.d/slapd start >/dev/null
timeout 60 sh -c 'until ldapwhoami -x -H ldap://127.0.0.1 >/dev/null 2>&1; do sleep 0.1; done'`;

const AS_POSTGRES = 'cd /; as_postgres() { runuser -u postgres -- "$@"; }; bin=/usr/lib/postgresql/15/bin;';
const INITIALISE = `${AS_POSTGRES}
install -d -o postgres -g postgres -m 0700 /var/lib/pgsql/15 /var/lib/pgsql/15/main
install -d -o postgres -g postgres -m 2775 /run/postgresql
as_postgres $bin/initdb -D /var/lib/pgsql/15/main --no-sync --auth=peer -E UTF8 --locale=C.UTF-8 >/dev/null`;

const quiet = { status: 0, stdout: '', stderr: '' };

describe('slapd', () => {
  const files = slapdFiles(topology, host);

  oracle('slapadd', 'builds its database from the LDIF without a word', () => {
    expect(onHost(files, `${EMPTY_DIRECTORY} /usr/local/sbin/tandem-slapd-config`)).toEqual(quiet);
  });

  oracle('slapd', 'starts, and hides passwords from all but their owner', () => {
    const result = onHost(
      files,
      `${EMPTY_DIRECTORY}
/usr/local/sbin/tandem-slapd-config
${START_SLAPD}
ldapadd -x -D cn=admin,dc=example,dc=com -w "secret-${files.flatMap((file) => file.secrets)[0]}" >/dev/null <<'ENTRIES'
dn: dc=example,dc=com
objectClass: domain
dc: example

dn: uid=alice,dc=example,dc=com
objectClass: inetOrgPerson
uid: alice
cn: Alice
sn: A
userPassword: alices-password

ENTRIES
search() { ldapsearch -LLL -o ldif-wrap=no "$@" -b dc=example,dc=com uid=alice userPassword; }
echo anonymous; search -x
echo owner; search -x -D uid=alice,dc=example,dc=com -w alices-password
echo root; ldapsearch -LLL -Q -Y EXTERNAL -H ldapi:/// -b cn=config -s base cn
/etc/init.d/slapd stop >/dev/null
`,
    );
    expect(result.stderr).toBe('');
    expect(result.stdout).toBe(`anonymous
dn: uid=alice,dc=example,dc=com

owner
dn: uid=alice,dc=example,dc=com
userPassword:: YWxpY2VzLXBhc3N3b3Jk

root
dn: cn=config
cn: config

`);
  });

  oracle('slapadd', 'keeps the configuration of before when an LDIF is refused', () => {
    const result = onHost(
      files,
      `${EMPTY_DIRECTORY}
/usr/local/sbin/tandem-slapd-config
before=$(cat '/etc/ldap/slapd.d/cn=config.ldif')
echo 'olcNonsense: TRUE' >>/etc/ldap/slapd.ldif
/usr/local/sbin/tandem-slapd-config 2>/run/said
[ "$before" = "$(cat '/etc/ldap/slapd.d/cn=config.ldif')" ] && grep tandem /run/said
`,
    );
    expect(result.stdout).toMatch(/slapd\.ldif was refused\n.*starts with the configuration of before/);
  });

  oracle('slapadd', "fails rather than to start on the package's own database", () => {
    const result = onHost(files, '/usr/local/sbin/tandem-slapd-config');
    expect(result.stderr).toMatch(/there is no configuration of before/);
    expect(result.status).toBe(1);
  });

  oracle('slapadd', 'fails while the replicated file system is not mounted', () => {
    const result = onHost(files, `${EMPTY_DIRECTORY} umount /var/lib/ldap; /usr/local/sbin/tandem-slapd-config`);
    expect(result.stderr).toMatch(/\/var\/lib\/ldap is not mounted/);
    expect(result.status).toBe(1);
  });

  oracle('slapadd', 'comes back after a power cut between the two renames', () => {
    const result = onHost(
      files,
      `${EMPTY_DIRECTORY}
/usr/local/sbin/tandem-slapd-config
rm -rf /etc/ldap/slapd.d.previous /etc/ldap/slapd.ldif
mv -T /etc/ldap/slapd.d /etc/ldap/slapd.d.previous
/usr/local/sbin/tandem-slapd-config 2>/dev/null
ls /etc/ldap/slapd.d
`,
    );
    expect(result.stdout).toContain('cn=config.ldif');
  });

  oracle('shellcheck', 'finds nothing in the scripts', () => {
    const scripts = allFiles.filter(({ checker }) => checker === 'sh').map(({ path }) => `'${path}'`);
    expect(scripts).not.toHaveLength(0);
    // The files of /etc/default are read by init scripts that use their variables.
    expect(onHost(allFiles, `shellcheck --shell=sh --exclude=SC2034 ${scripts.join(' ')}`)).toEqual(quiet);
  });
});

describe('postgresql', () => {
  const files = postgresqlFiles(topology, host);

  oracle('/usr/lib/postgresql/15/bin/postgres', 'reads the parameters', () => {
    const result = onHost(
      files,
      `${INITIALISE}
for name in data_directory shared_buffers synchronous_commit fsync full_page_writes listen_addresses; do
  as_postgres $bin/postgres -D /etc/postgresql/15/main -C $name
done`,
    );
    expect(result).toEqual({
      ...quiet,
      stdout: '/var/lib/pgsql/15/main\n16384\non\non\non\nlocalhost\n',
    });
  });

  oracle(
    '/usr/lib/postgresql/15/bin/postgres',
    "starts by Debian's init script, and every rule of pg_hba.conf counts",
    () => {
      const result = onHost(
        files,
        `${INITIALISE}
/etc/init.d/postgresql start >/dev/null
query() { as_postgres psql -XAt -c "$1"; }
query 'select count(*) filter (where error is not null), count(*) from pg_hba_file_rules'
query "select name from pg_settings where pending_restart or (sourcefile is not null and not (sourcefile like '/etc/postgresql/15/main/%'))"
query "select count(*) from pg_file_settings where not applied and error is not null"
query 'show data_directory'
pg_lsclusters -h | cut -d' ' -f1-4
/usr/bin/pg_ctlcluster --skip-systemctl-redirect -m fast 15-main stop
pg_lsclusters -h | cut -d' ' -f1-4
`,
      );
      expect(result).toEqual({
        ...quiet,
        status: 0,
        stdout: `0|3\n0\n/var/lib/pgsql/15/main\n15 main 5432 online\n15 main 5432 down\n`,
      });
    },
  );
});

describe('cyrus-imap', () => {
  oracle('/usr/lib/cyrus/bin/cyr_info', 'knows every option', () => {
    expect(
      onHost(cyrusFiles(topology, host), '/usr/lib/cyrus/bin/cyr_info conf-lint -C /etc/imapd.conf -M /etc/cyrus.conf'),
    ).toEqual(quiet);
  });
});

describe('postfix', () => {
  const files = postfixFiles(topology, host);
  const main = files.find(({ path }) => path.endsWith('main.cf'))?.content ?? '';

  oracle('postfix', 'finds nothing to complain about', () => {
    // postlog(1) shows its messages only on a terminal, so script(1) lends one.
    const result = onHost(
      files,
      "mkdir /var/spool/mta/lost+found /var/spool/mta/queue; script --quiet --return --command 'postfix check; postfix check' /dev/null",
    );
    expect(result).toEqual(quiet);
  });

  oracle('postfix', 'takes a whole file system as its queue', () => {
    const whole = withSettings(topology, 'postfix', { queueDirectory: '/var/spool/mta' });
    const result = onHost(
      postfixFiles(whole, host),
      "mkdir -m 0700 /var/spool/mta/lost+found; script --quiet --return --command 'postfix check; postfix check' /dev/null",
    );
    expect(result).toEqual(quiet);
  });

  oracle('postconf', 'reads back what was rendered', () => {
    const result = onHost(files, 'postconf -n; postconf -M >/dev/null');
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
    expect(result.stdout.split('\n').sort()).toEqual(
      main
        .split('\n')
        .filter((line) => !line.startsWith('#'))
        .sort(),
    );
  });
});

describe('systemd', () => {
  oracle('systemd-analyze', 'accepts the drop-ins of every unit', () => {
    const result = onHost(
      allFiles,
      `mkdir -p /run/generated
/lib/systemd/system-generators/systemd-sysv-generator /run/generated /run/generated /run/generated 2>/dev/null
# A unit of the package ldirectord makes systemd complain about every other one.
ln -sf /dev/null /run/generated/ldirectord.service
export SYSTEMD_UNIT_PATH=/etc/systemd/system:/run/generated:/lib/systemd/system
systemd-analyze verify --man=no slapd.service postgresql.service postgresql@15-main.service postfix.service postfix@-.service cyrus-imapd.service
`,
    );
    expect(result).toEqual(quiet);
  });
});

describe('the mail services together', () => {
  const secret = allFiles.flatMap((file) => file.secrets)[0];
  const START = `${EMPTY_DIRECTORY}
cd /
/usr/local/sbin/tandem-slapd-config
${START_SLAPD}
ldapadd -x -D cn=admin,dc=example,dc=com -w 'secret-${secret}' >/dev/null <<'ENTRIES'
dn: dc=example,dc=com
objectClass: domain
dc: example

dn: uid=jane.doe,dc=example,dc=com
objectClass: inetOrgPerson
uid: jane.doe
cn: Jane
sn: Doe
userPassword: janes-password

dn: uid=cyrus,dc=example,dc=com
objectClass: inetOrgPerson
uid: cyrus
cn: Administrator
sn: Cyrus
userPassword: cyrus-password

ENTRIES
/etc/init.d/saslauthd start >/dev/null
systemd-tmpfiles --create /etc/tmpfiles.d/cyrus-imapd.conf
install -d -o cyrus -g mail -m 0750 /var/lib/imap /var/spool/imap
/usr/sbin/cyrmaster -d -C /etc/imapd.conf -M /etc/cyrus.conf
mkdir /var/spool/mta/queue
postfix start
talk() { '${process.execPath}' -e "$DIALOGUE" -- "$@"; }
talk 143 127.0.0.1 'a login cyrus cyrus-password' 'b create user/jane.doe' >/dev/null
`;

  function together(script: string): CommandResult {
    return onHost(allFiles, `DIALOGUE=$(cat <<'PROGRAM'\n${DIALOGUE}\nPROGRAM\n)\n${START}${script}`);
  }

  oracle('postfix', 'deliver a message from SMTP to IMAP for a user that only the directory knows', () => {
    const result = together(`
talk 25 127.0.0.1 'HELO client' 'MAIL FROM:<someone@example.com>' 'RCPT TO:<jane.doe@example.com>' DATA 'Subject: hello

text
.' QUIT >/dev/null
timeout 60 sh -c 'until postqueue -p | grep -q "queue is empty"; do sleep 0.1; done'
talk 143 127.0.0.1 'a login jane.doe janes-password' 'b select INBOX' 'c fetch 1 body.peek[header.fields (subject)]' | grep -e Subject -e '^c '
talk 143 127.0.0.1 'a login jane.doe wrong' | grep '^a '
`);
    expect(result.stderr).toBe('');
    expect(result.stdout).toMatch(/^Subject: hello\nc OK .*\na NO Login failed/);
  });

  oracle('postfix', 'refuse strangers who name a user that does not exist, or want to relay', () => {
    const result = together(`
ip addr add 203.0.113.1/32 dev lo
talk 25 203.0.113.1 'HELO client' 'MAIL FROM:<stranger@elsewhere.example>' 'RCPT TO:<nobody@example.com>' 'RCPT TO:<jane.doe@example.com>' 'RCPT TO:<someone@elsewhere.example>' | cut -c1-9
`);
    expect(result.stderr).toBe('');
    expect(result.stdout.split('\n')).toEqual([
      '220 mail.',
      '250 mail.',
      '250 2.1.0',
      '550 5.1.1',
      '250 2.1.5',
      '554 5.7.1',
      '',
    ]);
  });
});
