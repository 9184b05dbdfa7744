import { mesh } from '../support/ds389-directories';
import { runDs389 } from './ds389-network';
import { oracle } from './support';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** A name and values with everything in them that a name, a line of LDIF or a filter could stumble over. */
const NAME = 'cn=M\\C3\\BCller\\, \\"Hans\\" \\<h@x\\>\\; \\#1\\+2 \\= 𝒳\\\\ (*),dc=example,dc=com';
const VALUES = [' leading and trailing ', ':<#*()\\&|!=~', 'two\nlines', 'ä€𝒳 e\u0301', '\u0001', '\'"`$(id)%s{}'];

describe('four instances of ns-slapd', () => {
  oracle(
    'ns-slapd',
    'replicate by certificate and by password, and miss nothing after one was killed',
    () => {
      const { status, stdout, stderr } = runDs389({
        topology: mesh().topology(),
        timeout: 580_000,
        files: {
          'nasty.ldif': [
            `dn:: ${base64(NAME)}`,
            'objectClass: person',
            `cn:: ${base64('Müller, "Hans" <h@x>; #1+2 = 𝒳\\ (*)')}`,
            'sn: x',
            ...VALUES.map((value) => `description:: ${base64(value)}`),
            '',
          ].join('\n'),
          values: VALUES.map((value) => `${base64(value)}\n`).join(''),
          name: NAME,
        },
        script: `
suffix=dc=example,dc=com
password=secret-ds389_mesh_directory_admin
network

people() { # NUMBER...
  for number; do
    printf 'dn: cn=%s,%s\\nchangetype: add\\nobjectClass: person\\ncn: %s\\nsn: x\\ntelephoneNumber: 1\\n\\n' "$number" "$suffix" "$number"
  done
}
everywhere() { # DN LINE
  for server in $names; do within 60 has "$server" "$1" "$2" || echo "$server lacks $2 in $1"; done
}
telephone() { ldapsearch -x -LLL -H "$(url "$1")" -D "$manager" -w "$password" -b "$suffix" telephoneNumber | grep -c '^telephone' || true; }

echo '# Empty replicas are filled, whichever host asks first'
{ printf 'dn: %s\\nchangetype: add\\nobjectClass: domain\\ndc: example\\n\\n' "$suffix"; people a b; } | change one >/dev/null
for name in reader hub two one; do
  at "$name" tandem-ds389-initialize >"/mnt/$name.initialize" 2>&1 &
  echo $! >"/mnt/$name.initializing"
done
for name in $names; do
  wait "$(cat "/mnt/$name.initializing")" || { echo "$name fails"; cat "/mnt/$name.initialize"; }
done
for name in $names; do echo "$name $(telephone "$name")"; done

echo '# A write at each supplier is read everywhere, but for what is left out'
printf 'dn: cn=a,%s\\nchangetype: modify\\nreplace: sn\\nsn: of one\\n-\\nreplace: telephoneNumber\\ntelephoneNumber: 2\\n' "$suffix" | change one >/dev/null
printf 'dn: cn=b,%s\\nchangetype: modify\\nreplace: sn\\nsn: of two\\n-\\nreplace: telephoneNumber\\ntelephoneNumber: 2\\n' "$suffix" | change two >/dev/null
everywhere "cn=a,$suffix" 'sn: of one'
everywhere "cn=b,$suffix" 'sn: of two'
for name in $names; do echo "$name $(telephone "$name")"; done

echo '# Who takes no writes says who does'
for name in hub reader; do printf 'dn: cn=a,%s\\nchangetype: delete\\n' "$suffix" | change "$name" | grep -o 'Referral (10)\\|ldaps://.*'; done

echo '# A supplier is known by its subject, and a stranger of the same authority is nobody'
certificate stranger two-host /CN=stranger
who() { LDAPTLS_CERT=/mnt/$1.crt LDAPTLS_KEY=/mnt/$1.key ldapwhoami -Q -Y EXTERNAL -H "$(url hub)" 2>&1 | head -1; }
who one
who stranger

echo '# Special characters go through unchanged'
change two <"$files/nasty.ldif" >/dev/null -a
read_back() { # NAME SEARCH...
  server=$1
  shift
  ldapsearch -x -LLL -o ldif-wrap=no -H "$(url "$server")" -D "$manager" -w "$password" "$@" description |
    awk '/^description:: / { print $2; next } /^description: / { sub(/^description: /, ""); printf "%s", $0 | "base64 -w 0"; close("base64 -w 0"); print "" }' | sort
}
sort "$files/values" >/mnt/values
equal() { read_back "$@" | cmp -s - /mnt/values; }
for name in $names; do
  within 60 equal "$name" -s base -b "$(cat "$files/name")" || { echo "$name has other values"; read_back "$name" -s base -b "$(cat "$files/name")"; }
  equal "$name" -b "$suffix" '(&(cn=*\\28\\2a\\29)(description=:<#\\2a\\28\\29\\5c&|!=~))' || echo "$name does not find it"
done

echo '# What was acknowledged before a supplier was killed is everywhere when it is back'
writer() {
  number=0
  while people "w$number" | change one >/dev/null; do
    echo "cn: w$number" >>/mnt/acknowledged
    number=$((number + 1))
  done
}
: >/mnt/acknowledged
writer &
writer=$!
many() { [ "$(wc -l </mnt/acknowledged)" -ge 30 ]; }
within 60 many || echo 'too few writes'
stop one KILL
wait "$writer"
people meanwhile | change two >/dev/null
start one
within 60 answers one || { echo 'one does not come back'; cat /mnt/one.log; }
people afterwards | change one >/dev/null
echo 'cn: meanwhile
cn: afterwards' >>/mnt/acknowledged
missing() { # NAME: acknowledged entries that it does not have
  ldapsearch -x -LLL -H "$(url "$1")" -D "$manager" -w "$password" -b "$suffix" cn | grep '^cn: ' >"/mnt/$1.has"
  grep -vxF -f "/mnt/$1.has" /mnt/acknowledged
}
complete() { ! missing "$1" >/dev/null; }
for name in $names; do within 120 complete "$name" || { echo "$name lacks"; missing "$name"; }; done

echo '# A supplier that left is forgotten'
stop two
printf 'dn: cn=to-two,cn=replica,%s\\nchangetype: delete\\n' 'cn=dc\\3Dexample\\2Cdc\\3Dcom,cn=mapping tree,cn=config' | change one >/dev/null
at one dsconf one repl-tasks cleanallruv --suffix "$suffix" --replica-id 2 >/mnt/forget 2>&1 || cat /mnt/forget
knows() { # NAME: whether it has changes of the supplier in its list
  ldapsearch -x -LLL -o ldif-wrap=no -H "$(url "$1")" -D "$manager" -w "$password" -b "$suffix" '(&(nsuniqueid=ffffffff-ffffffff-ffffffff-ffffffff)(objectClass=nstombstone))' nsds50ruv | grep -q "{replica $2 "
}
for name in one hub reader; do knows "$name" 1 || echo "$name shows no list"; done
forgot() { knows "$1" 1 && ! knows "$1" 2; }
for name in one hub; do within 60 forgot "$name" || echo "$name does not forget"; done
# A hub does not pass it on.
at hub tandem-ds389-initialize --again "$suffix" >/mnt/forget 2>&1 || cat /mnt/forget
within 60 forgot reader || echo 'reader does not forget'
`,
      });
      expect(`${status}\n${stdout}${stderr}`).toBe(`0
# Empty replicas are filled, whichever host asks first
hub 2
one 2
reader 0
two 2
# A write at each supplier is read everywhere, but for what is left out
hub 2
one 2
reader 0
two 2
# Who takes no writes says who does
Referral (10)
ldaps://one-host:4636
Referral (10)
ldaps://one-host:4636
# A supplier is known by its subject, and a stranger of the same authority is nobody
dn: cn=peer one,cn=config
ldap_sasl_interactive_bind: Invalid credentials (49)
# Special characters go through unchanged
# What was acknowledged before a supplier was killed is everywhere when it is back
# A supplier that left is forgotten
`);
    },
    600_000,
  );
});
