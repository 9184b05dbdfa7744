import type { Topology } from '../../lib/topology/topology';
import { renderHost } from '../../lib/render/render';
import { failoverWithShadow, threeSuppliers } from '../support/open-ldap-directories';
import { withSecrets } from './sandbox';
import { runSlapds, type SlapdNetworkProps } from './slapd-network';
import { oracle } from './support';

const suffix = 'dc=example,dc=com';

/** The functions of all scripts here, and a network with an entry, `cn=counter`, that every server has. */
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
add_suffix one
add one counter
for name in $names; do within 20 has "$name" "cn=counter,$suffix" || echo "$name lacks the entry"; done
`;

type Among = Omit<SlapdNetworkProps, 'script'> & { readonly deployment: string };

function run({ deployment, ...props }: Among, script: string): string {
  const { status, stdout, stderr } = runSlapds({
    ...props,
    script: `${prepare(deployment)}${script}`,
    timeout: 150_000,
  });
  return status === 0 && stderr === '' ? stdout : `${status} ${stdout}${stderr}`;
}

/** Debian has mawk unless somebody wants another one. */
const failover = (script: string, awk: 'mawk' | 'gawk'): string =>
  run({ topology: failoverWithShadow().topology(), deployment: 'openldap_failover', awk }, script);

describe('a failover group', () => {
  oracle(
    'slapd',
    'a mirror that missed writes gives no stale answer (Q10)',
    () => {
      expect(
        failover(
          `
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
within 20 grep -qx 400 /mnt/answers || echo 'two does not catch up'
kill "$asker"
echo "answers: $(sort -u /mnt/answers | tr '\\n' ' ')"
# Without the closed start the same client does get an old one.
stop two
described one newest >/dev/null
sed -i '/^olcRestrict: all$/d' /mnt/two/ldap/slapd.ldif
isolate two
ask two >/mnt/answers &
asker=$!
start_slapd two
within 20 grep -q . /mnt/answers || echo 'nothing is answered'
mend
kill "$asker"
echo "without the gate: $(head -n 1 /mnt/answers)"
`,
          'gawk',
        ),
      ).toBe('answers: 400 \nwithout the gate: 400\n');
    },
    160_000,
  );

  oracle(
    'slapd',
    'a restarted master waits for all others, and all start again from cold',
    () => {
      expect(
        failover(
          `
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
`,
          'mawk',
        ),
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
        failover(
          `
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
started=$(date -u +%Y%m%d%H%M%SZ)
tried() { # NAME: has asked the master that returned
  at "$1" ldapsearch -Q -Y EXTERNAL -H ldapi:/// -LLL -o ldif-wrap=no -b cn=Monitor '(objectClass=olmSyncReplInstance)' olmSRProviderURIList olmSRLastConnect |
    awk -v started="$started" '/URIList: / { url = $2 } /LastConnect: / { at[url] = $2 } END { exit !(at["ldaps://one-host"] >= started) }'
}
start one
within 10 gate_says one 'a returned master, ldaps://two-host is master now' || said one
state one
# Members go on trying to read from it
for name in two three; do within 30 tried "$name" || echo "$name does not try"; done
add two newer
for name in three four; do within 20 has "$name" "cn=newer,$suffix" || echo "$name lacks it"; done
for name in two three four; do ! has "$name" "cn=never-propagated,$suffix" || echo "it flowed to $name"; done
# Known before a gate asks anybody
stop four
start_slapd four
echo "four $(state four)"
`,
          'gawk',
        ),
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

describe('a group of three suppliers', () => {
  const gateOf = (topology: Topology, name: string): string => {
    const server = topology.directoryServers.find((one) => one.name === name);
    const file =
      server && renderHost(topology, server.host).find(({ path }) => path.endsWith('/tandem-directory-gate'));
    return file ? withSecrets(file) : '';
  };
  const refusing = threeSuppliers({ partitionPolicy: 'quorum', minorityReads: 'refuse' }).topology();
  const available = threeSuppliers({ partitionPolicy: 'available' }).topology();

  oracle(
    'slapd',
    'takes writes where a majority is, comes back with what it missed, and starts from cold (Q10, Q12, E30)',
    () => {
      const output = run(
        {
          topology: threeSuppliers({ partitionPolicy: 'quorum', minorityReads: 'serve-stale' }).topology(),
          deployment: 'openldap_three',
          awk: 'mawk',
          files: {
            refusing: gateOf(refusing, 'three'),
            ...Object.fromEntries(
              ['one', 'two', 'three'].map((name) => [`available.${name}`, gateOf(available, name)]),
            ),
          },
        },
        `
adds() { add "$@" || { echo "$1 refuses $2: $?"; cat "/mnt/$1.gate.log"; }; } # NAME COMMON-NAME
takes_no_writes() { ! described three "$(date +%s%3N)" >/dev/null; }
lacks() { within 20 has "$1" "cn=$2,$suffix" || echo "$1 lacks $2"; } # NAME COMMON-NAME
for name in $names; do comes_to 20 "$name" writes; done
begin=$(date +%s%3N)
isolate three
within 20 takes_no_writes || echo 'the minority goes on'
echo "window $(($(date +%s%3N) - begin))"
echo "three $(state three)"
adds one missed
echo "one $(state one)"
has three "cn=counter,$suffix" && echo 'three answers'
mend
comes_to 30 three writes
has three "cn=missed,$suffix" || echo 'three took writes before it had caught up'

end three.gate TERM
cp "$files/refusing" "$files/three.gate"
gate three
comes_to 20 three writes
stop one KILL
stop two KILL
comes_to 20 three closed
start one
for name in one three; do comes_to 30 "$name" writes; done
adds one majority
lacks three majority

for name in one three; do stop "$name"; done
for name in $names; do
  cp "$files/available.$name" "$files/$name.gate"
  start "$name"
done
for name in $names; do comes_to 40 "$name" writes; done
for name in $names; do adds "$name" "from-$name"; done
for name in $names; do for from in $names; do lacks "$name" "from-$from"; done; done
lacks two majority
`,
      );
      const window = /^window (\d+)$/m.exec(output)?.[1];
      process.stdout.write(`a minority refuses writes ${window} ms after a silent cut\n`);
      expect(output.replace(/^window \d+\n/m, '')).toBe(`three reads
one writes
three answers
`);
    },
    160_000,
  );
});

describe('tandem-slapd-config', () => {
  oracle(
    'slapd',
    'brings settings and certificates to servers that take writes, and refuses what would stop them',
    () => {
      expect(
        failover(
          `
config() { # NAME COMMAND: its exit code
  code=0
  at "$1" sh "$files/$1.config" "$2" >"/mnt/$1.config.log" 2>&1 || code=$?
  echo "$1 $2 $code"
}
edit() { cp "$files/$1.ldif" "/mnt/$1/ldap/slapd.ldif"; sed -i "$2" "/mnt/$1/ldap/slapd.ldif"; } # NAME SED-SCRIPT
setting() { at "$1" ldapsearch -Q -Y EXTERNAL -H ldapi:/// -LLL -o ldif-wrap=no -b cn=config "($2=*)" "$2" | grep -x "$2: $3"; } # NAME ATTRIBUTE PATTERN
traffic() {
  number=0
  while [ -e /mnt/traffic ]; do
    number=$((number + 1))
    printf 'dn: cn=traffic-%s,%s\\nchangetype: add\\nobjectClass: organizationalRole\\ncn: traffic-%s\\n\\n' "$number" "$suffix" "$number"
    sleep 0.02
  done
}
served() { openssl s_client -connect "$(address_of "$1"):636" </dev/null 2>/dev/null | openssl x509 -noout -serial; }
touch /mnt/traffic
traffic | change one >/mnt/traffic.log &
writer=$!
within 20 has one "cn=traffic-1,$suffix"
for name in two one; do
  edit "$name" '/^olcDbIndex: uid/i olcDbIndex: description eq
s/^olcLogLevel: .*/olcLogLevel: stats/'
  config "$name" online
  setting "$name" olcLogLevel ".*"
  setting "$name" olcDbIndex "description .*"
done
edit one 's/^olcLogLevel: .*/olcLogLevel: sync/
s/^olcTLSCipherSuite: .*/olcTLSCipherSuite: HIGH:!aNULL/'
config one online
setting one olcLogLevel ".*"
edit one 's/^olcServerID: .*/olcServerID: 9/'
config one online
before=$(served one)
certificate one one-host /CN=one
cp /mnt/one.crt /mnt/one/ldap/tls/server.crt
config one certificates
[ "$(served one)" = "$before" ] || echo 'another certificate without its key'
install -m 0640 -g openldap /mnt/one.key /mnt/one/ldap/tls/server.key
config one certificates
[ "$(served one)" = "$(openssl x509 -noout -serial -in /mnt/one.crt)" ] || echo 'the certificate of before'
echo "one $(state one)"
rm /mnt/traffic
wait "$writer" || echo "a write was refused: $?"
grep -v -e '^adding new entry' -e '^$' /mnt/traffic.log || true
last=$(sed -n 's/^adding new entry "cn=\\(traffic-[0-9]*\\),.*/\\1/p' /mnt/traffic.log | tail -n 1)
for name in $names; do within 20 has "$name" "cn=$last,$suffix" || echo "$name lacks $last"; done
`,
          'mawk',
        ),
      ).toBe(`two online 0
olcLogLevel: stats
olcDbIndex: description eq
one online 0
olcLogLevel: stats
olcDbIndex: description eq
one online 1
olcLogLevel: stats
one online 3
one certificates 1
one certificates 0
one writes ldaps://one-host
`);
    },
    160_000,
  );
});
