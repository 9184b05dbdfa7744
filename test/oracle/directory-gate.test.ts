import type { Topology } from '../../lib/topology/topology';
import { failoverWithShadow } from '../support/open-ldap-directories';
import { runSlapds } from './slapd-network';
import { oracle } from './support';

const suffix = 'dc=example,dc=com';

/** The functions of all scripts here; `FILLED` is a network with an entry, `cn=counter`, that every server has. */
const prepare = (deployment: string): string => `
suffix=${suffix}
password=secret-${deployment}_directory_admin
described() { # NAME TEXT
  printf 'dn: cn=counter,%s\\nchangetype: modify\\nreplace: description\\ndescription: %s\\n' "$suffix" "$2" | change "$1"
}
says() { has "$1" "cn=counter,$suffix" "description: $2"; } # NAME TEXT
quiet() { for name; do : >"/mnt/$name.gate.log"; done; }
said() { sed 's/^tandem-directory-gate: people: //' "/mnt/$1.gate.log" | tail -n 1; }
gate_says() { grep -q "$2" "/mnt/$1.gate.log"; } # NAME PATTERN
add() { # NAME COMMON-NAME
  printf 'dn: cn=%s,%s\\nchangetype: add\\nobjectClass: organizationalRole\\ncn: %s\\n' "$2" "$suffix" "$2" | change "$1" >/dev/null
}
# Takes writes from now on, as a person decides
promote() {
  configure "$1" "replace: olcUpdateRef\\nolcUpdateRef: ldaps://$1-host\\n-\\nreplace: olcReadOnly\\nolcReadOnly: FALSE\\n-\\nreplace: olcRestrict\\n"
}
network
change one >/dev/null <<END
dn: $suffix
changetype: add
objectClass: dcObject
objectClass: organization
dc: example
o: Example
END
add one counter
for name in $names; do within 20 has "$name" "cn=counter,$suffix" || echo "$name lacks the entry"; done
`;

function run(topology: Topology, deployment: string, script: string): string {
  const { status, stdout, stderr } = runSlapds({
    topology,
    script: `${prepare(deployment)}${script}`,
    timeout: 150_000,
  });
  return status === 0 && stderr === '' ? stdout : `${status} ${stdout}${stderr}`;
}

const failover = (script: string): string => run(failoverWithShadow().topology(), 'openldap_failover', script);

describe('a failover group', () => {
  oracle(
    'slapd',
    'a mirror that missed writes gives no stale answer (Q10)',
    () => {
      expect(
        failover(`
ask() { # NAME: what a client gets, over and over, each answer once
  while :; do
    ldapsearch -x -LLL -H "ldap://$(address_of "$1")" -s base -b "cn=counter,$suffix" description 2>/dev/null | sed -n 's/^description: //p'
  done
}
described one before >/dev/null
within 20 says two before
stop two
for number in $(seq 400); do
  printf 'dn: cn=counter,%s\\nchangetype: modify\\nreplace: description\\ndescription: %s\\n\\n' "$suffix" "$number"
done | change one >/dev/null
ask two >/mnt/answers &
asker=$!
start two
within 20 says two 400 || echo 'two does not catch up'
kill "$asker"
echo "answers: $(sort -u /mnt/answers | tr '\\n' ' ')"
`),
      ).toBe('answers: 400 \n');
    },
    160_000,
  );

  oracle(
    'slapd',
    'a restarted master waits for all others, and all start again from cold',
    () => {
      expect(
        failover(`
stop three
quiet one
stop one KILL
start one
within 10 gate_says one 'ldaps://three-host does not answer' || said one
state one
add two refused || echo "a mirror refuses: $?"
start three
opens 20 one
state one
said one
for name in $names; do stop "$name"; done
for name in $names; do start "$name"; done
for name in $names; do opens 30 "$name"; done
for name in $names; do echo "$name $(state "$name")"; done
described one again >/dev/null
for name in $names; do within 20 says "$name" again || echo "$name lacks it"; done
`),
      ).toBe(`closed ldaps://one-host
a mirror refuses: 53
writes ldaps://one-host
is master and takes writes: all others agree
four open ldaps://one-host
one writes ldaps://one-host
three reads ldaps://one-host
two reads ldaps://one-host
`);
    },
    160_000,
  );

  oracle(
    'slapd',
    'a master that returns after a forced switch stays out, and all others follow the new one (F25)',
    () => {
      expect(
        failover(`
for name in two three four; do stop "$name"; done
add one never-propagated
stop one KILL
for name in two three; do start "$name"; done
promote two
start four
for name in two three four; do opens 30 "$name"; done
for name in two three four; do echo "$name $(state "$name")"; done
add two new
for name in three four; do within 20 has "$name" "cn=new,$suffix" || echo "$name lacks it"; done
quiet one
start one
within 10 gate_says one 'a returned master, ldaps://two-host is master now' || said one
state one
for name in two three four; do ! has "$name" "cn=never-propagated,$suffix" || echo "it flowed to $name"; done
# Known before a gate asks anybody
stop four
start_slapd four
echo "four $(state four)"
`),
      ).toBe(`two writes ldaps://two-host
three reads ldaps://two-host
four open ldaps://two-host
closed ldaps://one-host
four closed ldaps://two-host
`);
    },
    160_000,
  );
});
