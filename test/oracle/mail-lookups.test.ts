import { SecretRef } from '../../lib/index';
import { files as mailServerFiles } from '../../lib/render/mail-server/files';
import { LOOKUP_AUTHORITIES } from '../../lib/topology/mail-instances';
import { mailPairWithDirectory } from '../support/mail-pair';
import { withSecrets } from './sandbox';
import { runSlapds } from './slapd-network';
import { oracle } from './support';

/** Characters of a local part that mean something to LDAP, to a shell, to Postfix or to nobody. */
const ODD = "!#$%&'*+/=?^_`{|}~-";
const base = 'ou=people 100% \\28all\\29,dc=example,dc=com';
const topology = mailPairWithDirectory({
  base,
  recipientFilter: '(&(mail=%s)(!(description=$closed \\25 x))(objectClass=inetOrgPerson))',
  resultAttribute: 'title',
  reader: { name: 'cn=mail reader,dc=example,dc=com', password: SecretRef.named('mail_reader') },
});
const [host] = topology.hosts;
const table = mailServerFiles(topology, host?.id ?? '').find(({ path }) => path === '/etc/postfix-mx1/directory.cf');
if (!table) throw new Error('the instance asks no directory');

const person = (uid: string, mail: string, more = ''): string => `dn: uid=${uid},${base}
changetype: add
objectClass: inetOrgPerson
uid: ${uid}
cn: x
sn: x
mail: ${mail}
title: ${uid}@store.example.com
${more}
`;

const PREPARE = `
suffix=dc=example,dc=com
password=secret-mail_directory_admin
network
change ldap1 >/mnt/changed <<'END' || cat /mnt/changed
dn: dc=example,dc=com
changetype: add
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: cn=mail reader,dc=example,dc=com
changetype: add
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: mail reader
userPassword: secret-mail_reader

dn: ${base}
changetype: add
objectClass: organizationalUnit
ou: people 100% (all)

${[...ODD].map((character, index) => person(`odd${index}`, `a${character}b@example.com`)).join('\n')}
${person('closed', 'closed@example.com', 'description: $closed % x\n')}
${person('other', 'other@example.org')}
END
within 20 has ldap2 'uid=other,${base}' 'mail: other@example.org' || { echo no mirror; exit 1; }
cp -a /etc/postfix /mnt/postfix
mount --bind /mnt/postfix /etc/postfix
cp /mnt/ca.pem ${LOOKUP_AUTHORITIES}
install -m 0640 -g postfix "$files/table" /mnt/table
ask() { for address; do printf '%s\\n' "$address"; done | postmap -q - ldap:/mnt/table; }
`;

/** What a script prints and says of the programs. */
function lines(script: string): readonly string[] {
  const files = { table: withSecrets(table!) };
  const { status, stdout, stderr } = runSlapds({ topology, files, script: `${PREPARE}${script}` });
  return [...stdout.trimEnd().split('\n'), ...stderr.trimEnd().split('\n'), String(status)].filter(
    (line) => line !== '',
  );
}

const quoted = [...ODD].map((character) => `'${`a${character}b@example.com`.replaceAll("'", "'\\''")}'`).join(' ');

oracle(
  'slapd',
  'a directory is asked for the address as it is, with the filter and below the entry that were given',
  () => {
    expect(
      lines(`ask ${quoted}
ask closed@example.com '*@example.com' other@example.org example.com a || echo nobody
ask 'A*B@EXAMPLE.COM'`),
    ).toEqual([
      ...[...ODD].map((character, index) => `a${character}b@example.com\todd${index}@store.example.com`),
      ...['nobody', `A*B@EXAMPLE.COM\todd${ODD.indexOf('*')}@store.example.com`, '0'],
    ]);
  },
);

oracle('slapd', 'without the first server the next one is asked, and none whose authority is another', () => {
  const found = lines(`stop ldap1
ask 'a*b@example.com'
authority
cp /mnt/ca.pem ${LOOKUP_AUTHORITIES}
ask 'a*b@example.com' || echo refused`);
  expect(found.filter((line) => !line.startsWith('postmap: '))).toEqual([
    ...[`a*b@example.com\todd${ODD.indexOf('*')}@store.example.com`, 'refused', '0'],
  ]);
  expect(found).toContainEqual(
    expect.stringMatching(/^postmap: warning: dict_ldap_connect: .*Can't contact LDAP server/),
  );
});
