import { chainAndPlugins } from '../support/open-ldap-directories';
import { slapaddComplaints } from './slapadd';
import { runSlapds } from './slapd-network';
import { oracle } from './support';
import { renderHost } from '../../lib/render/render';

const topology = chainAndPlugins().topology();

oracle('slapadd', 'accepts chaining, plug-ins, links and parts, and has nothing to say', () => {
  const ldifs = topology.hosts.flatMap(({ id, name }) =>
    renderHost(topology, id)
      .filter(({ path }) => path === '/etc/ldap/slapd.ldif')
      .map((file) => ({ name, file })),
  );
  expect(ldifs).toHaveLength(5);
  expect(slapaddComplaints(ldifs)).toBe('');
});

const PREPARE = `
suffix=dc=example,dc=com
password=secret-openldap_plugins_directory_admin
network
change one >/dev/null <<END
dn: $suffix
changetype: add
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ou=people,$suffix
changetype: add
objectClass: organizationalUnit
ou: people

dn: uid=jane,ou=people,$suffix
changetype: add
objectClass: inetOrgPerson
cn: Jane
sn: Doe
uid: jane
title: Dr
mail: jane@example.com
userPassword: first-password

dn: uid=joe,ou=people,$suffix
changetype: add
objectClass: inetOrgPerson
cn: Joe
sn: Doe
uid: joe
userPassword: password-of-joe

dn: cn=admins,$suffix
changetype: add
objectClass: groupOfNames
cn: admins
member: uid=jane,ou=people,$suffix
END
jane=uid=jane,ou=people,$suffix
for name in one two three; do within 20 has "$name" "cn=admins,$suffix" || echo "$name lacks the group"; done
binds() { ldapwhoami -x -H "ldap://$(address_of "$1")" -D "$2" -w "$3" >/dev/null 2>&1; }
`;

const run = (script: string): string => {
  const { status, stdout, stderr } = runSlapds({ topology, script: `${PREPARE}${script}` });
  return status === 0 && stderr === '' ? stdout : `${status} ${stdout}${stderr}`;
};

const PASSWORDS = `
own() { printf 'dn: %s\\nchangetype: modify\\nreplace: userPassword\\nuserPassword: %s\\n' "$jane" "$1"; }
`;

oracle(
  'slapd',
  'has a write of a client at a consumer done at the master in the name of the client, and in no other name',
  () => {
    expect(
      run(`${PASSWORDS}
at_consumer() { ldapmodify -x -H ldap://192.0.2.13 "$@" 2>&1 | grep -o '([0-9]*)' || echo done; }
echo "herself $(own second-password | at_consumer -D "$jane" -w first-password)"
for name in one two three; do within 20 binds "$name" "$jane" second-password || echo "$name does not know the new password"; done
at one ldapsearch -LLL -Q -Y EXTERNAL -H ldapi:/// -b "$jane" modifiersName | grep modifiersName
echo "a stranger $(own stolen | at_consumer)"
echo "somebody else $(own stolen | at_consumer -D "uid=joe,ou=people,$suffix" -w password-of-joe)"
echo "the administrator $(own stolen | at_consumer -D "cn=admin,$suffix" -w "$password")"
echo "the root of the consumer $(own stolen | at three ldapmodify -Q -Y EXTERNAL -H ldapi:/// 2>&1 | grep -o '([0-9]*)')"
LDAPTLS_CACERT=/mnt/ca.pem
export LDAPTLS_CACERT
as() { # NAME COMMAND...
  LDAPTLS_CERT="/mnt/$1.crt" LDAPTLS_KEY="/mnt/$1.key"
  export LDAPTLS_CERT LDAPTLS_KEY
  shift
  "$@" -Q -Y EXTERNAL -H ldaps://one-host
}
whom() { as "$1" ldapwhoami -e "!authzid=dn:$2" 2>&1 | grep -q '^dn:' && echo yes || echo no; } # NAME DN
echo "names Jane $(whom three "$jane")"
for dn in "cn=admin,$suffix" "CN=Admin , DC=example,DC=com" cn=two "$suffix" 'cn=changes of people' cn=config \\
  gidNumber=0+uidNumber=0,cn=peercred,cn=external,cn=auth; do
  echo "names $dn $(whom three "$dn")"
done
echo "a consumer that refers names Jane $(whom names "$jane")"
echo "the consumer itself $(own stolen | as three ldapmodify 2>&1 | grep -o '([0-9]*)')"
echo "its entry $(as three ldapsearch -LLL -b cn=three -s base 2>&1)"
stop one
echo "without the master $(own third-password | at_consumer -D "$jane" -w second-password)"
configure three 'replace: olcUpdateRef\\nolcUpdateRef: ldaps://two-host\\n'
configure two 'replace: olcUpdateRef\\nolcUpdateRef: ldaps://two-host\\n-\\nreplace: olcReadOnly\\nolcReadOnly: FALSE\\n'
echo "after a switch $(own third-password | at_consumer -D "$jane" -w second-password)"
binds two "$jane" third-password || echo 'the new master does not know the password'
`),
    ).toBe(
      `herself done
modifiersName: uid=jane,ou=people,dc=example,dc=com
a stranger (8)
somebody else (50)
the administrator (50)
the root of the consumer (48)
names Jane yes
names cn=admin,dc=example,dc=com no
names CN=Admin , DC=example,DC=com no
names cn=two no
names dc=example,dc=com no
names cn=changes of people no
names cn=config no
names gidNumber=0+uidNumber=0,cn=peercred,cn=external,cn=auth no
a consumer that refers names Jane no
the consumer itself (50)
its entry ` +
        '\n' +
        `without the master (52)
after a switch done
`,
    );
  },
  400_000,
);

oracle(
  'slapd',
  'gives a consumer what its agreement lists, keeps values unique and references whole, and follows a link',
  () => {
    expect(
      run(`
LDAPTLS_CACERT=/mnt/ca.pem LDAPTLS_CERT=/mnt/names.crt LDAPTLS_KEY=/mnt/names.key
export LDAPTLS_CACERT LDAPTLS_CERT LDAPTLS_KEY
attributes() { sed -n 's/^\\([A-Za-z]*\\)::* .*/\\1/p' | sort -u | tr '\\n' ' '; }
echo "asked for all: $(ldapsearch -LLL -Q -Y EXTERNAL -H ldaps://one-host -b "$suffix" '(objectClass=*)' '*' '+' | attributes)"
echo "in a filter: $(ldapsearch -LLL -Q -Y EXTERNAL -H ldaps://one-host -b "$suffix" '(mail=*)' 1.1)"
within 20 has names "$jane"
echo "at the consumer: $(ldapsearch -x -LLL -H ldap://192.0.2.14 -b "$suffix" '(sn=*)' | attributes)"
has names "uid=joe,ou=people,$suffix" || echo 'who has no title is not there'
same() { printf 'dn: cn=%s,ou=people,%s\\nchangetype: add\\nobjectClass: inetOrgPerson\\ncn: %s\\nsn: x\\n%s: %s\\n' "$1" "$suffix" "$1" "$2" "$3"; }
echo "the uid of another one $(same Other uid jane | change one | grep -o '([0-9]*)')"
same First employeeNumber 7 | change one >/dev/null
echo "the number of another one $(same Second employeeNumber 7 | change one | grep -o '([0-9]*)')"
same Second employeeNumber 8 | change one >/dev/null
for name in two three; do within 20 has "$name" "cn=Second,ou=people,$suffix" || echo "$name lacks a unique value"; done
printf 'dn: ou=far,%s\\nchangetype: add\\nobjectClass: organizationalUnit\\nou: far\\n\\ndn: cn=Far,ou=far,%s\\nchangetype: add\\nobjectClass: person\\ncn: Far\\nsn: x\\nuserPassword: far-away\\n' "$suffix" "$suffix" |
  ldapmodify -x -H ldap://192.0.2.15 -D "cn=admin,ou=far,$suffix" -w "$password" >/dev/null
has one "cn=Far,ou=far,$suffix" && binds one "cn=Far,ou=far,$suffix" far-away && echo 'the link leads there'
has two "ou=far,$suffix" || echo 'what is there is not replicated'
stop three
ldapdelete -x -H ldap://192.0.2.11 -D "cn=admin,$suffix" -w "$password" "$jane"
start three
opens 20 three
for name in one two three; do within 20 has "$name" "cn=admins,$suffix" 'member: cn=nobody' || echo "$name keeps the reference"; done
`),
    ).toBe(`asked for all: cn contextCSN dn entryCSN entryUUID objectClass sn structuralObjectClass${' '}
in a filter:${' '}
at the consumer: cn dn objectClass sn${' '}
who has no title is not there
the uid of another one (19)
the number of another one (19)
the link leads there
what is there is not replicated
`);
  },
  400_000,
);
