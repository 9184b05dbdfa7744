import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { check, errorsOf } from '../../lib/check/run';
import { renderHost } from '../../lib/render/render';
import type { Topology } from '../../lib/topology/topology';
import {
  cascadeWithParts,
  chainAndPlugins,
  failoverWithShadow,
  fourSuppliers,
  severalDirectories,
  threeSuppliers,
} from '../support/open-ldap-directories';
import { randomDirectories } from '../support/random-directories';
import { type NamedLdif, slapaddComplaints } from './slapadd';
import { runSlapds } from './slapd-network';
import { oracle } from './support';
import { SystemdRoot } from './systemd';

function ldifsOf(topology: Topology, prefix = ''): readonly NamedLdif[] {
  return topology.hosts.flatMap(({ id, name }) =>
    renderHost(topology, id)
      .filter(({ path }) => path === '/etc/ldap/slapd.ldif')
      .map((file) => ({ name: `${prefix}${name}`, file })),
  );
}

describe('scripts and units', () => {
  const files = [
    failoverWithShadow(),
    threeSuppliers({ partitionPolicy: 'quorum', minorityReads: 'refuse' }),
    severalDirectories(),
    chainAndPlugins(),
  ].map((deployment) => {
    const topology = deployment.topology();
    return renderHost(topology, topology.hosts[0]?.id ?? '');
  });

  oracle(
    'shellcheck',
    'shellcheck finds nothing in the gate and the start script, and does find what is put in',
    (program) => {
      const faults = (input: string): readonly unknown[] => {
        const { status, stdout } = spawnSync(program, ['--shell=sh', '--exclude=SC2016', '-'], {
          encoding: 'utf8',
          input,
        });
        return [status, stdout];
      };
      const scripts = files.flat().filter(({ path }) => /tandem-(directory-gate|slapd-config)$/.test(path));
      expect(scripts).toHaveLength(8);
      for (const { content } of scripts) {
        expect(faults(content)).toEqual([0, '']);
        expect(faults(`${content}\necho $nobody`)[0]).toBe(1);
      }
    },
  );

  oracle('systemd-analyze', 'systemd finds no fault in the units, and does find one that is put in', (analyze) => {
    for (const rendered of files) {
      const root = new SystemdRoot(rendered, ['slapd.service']);
      try {
        const verified = (): readonly unknown[] => {
          const { status, stderr } = root.run(analyze, 'verify', 'slapd.service', 'tandem-directory-gate.service');
          return [status, stderr];
        };
        expect(verified()).toEqual([0, '']);
        root.write('etc/systemd/system/tandem-directory-gate.service.d/x.conf', '[Service]\nProtectSystem=strictly\n');
        expect(verified()[1]).toContain('protect system value');
      } finally {
        root.close();
      }
    }
  });
});

describe('slapadd', () => {
  test.each([
    ['a failover group with a shadow', failoverWithShadow(), 4],
    ['a mesh of four', fourSuppliers('mesh'), 4],
    ['a ring of four', fourSuppliers('ring'), 4],
    ['a cascade with consumers of parts and a schema of its own', cascadeWithParts(), 6],
    ['several directories with names that need escapes', severalDirectories(), 2],
  ])('the LDIF of %s is written for every server', (_name, deployment, servers) => {
    expect(ldifsOf(deployment.topology())).toHaveLength(servers);
  });

  oracle('slapadd', 'accepts every server of every shape, and has nothing to say', () => {
    const deployments = [
      failoverWithShadow(),
      fourSuppliers('mesh'),
      fourSuppliers('ring'),
      cascadeWithParts(),
      severalDirectories(),
    ];
    const ldifs = deployments.flatMap((one) => ldifsOf(one.topology(), `${one.name} `));
    expect(slapaddComplaints(ldifs)).toBe('');
  });

  oracle('slapadd', 'is not blind: an index of an unknown attribute is a complaint', () => {
    const [{ name, file }] = ldifsOf(failoverWithShadow().topology()) as [NamedLdif];
    const broken = { ...file, content: file.content.replace('olcDbIndex: uid', 'olcDbIndex: nosuch') };
    expect(slapaddComplaints([{ name, file: broken }])).toMatch(/^COMPLAINT four-host\n/);
  });
});

/** Random directories that the checks accept, the same ones in each run. */
function acceptedDirectories(number: number): readonly Topology[] {
  const drawn = fc.sample(randomDirectories(), { seed: 20_261, numRuns: number * 6 });
  return drawn
    .flatMap((deployment) => (deployment ? [deployment.topology()] : []))
    .filter((topology) => errorsOf(check(topology)).length === 0)
    .slice(0, number);
}

describe('random directories', () => {
  const NUMBER = 200;

  oracle(
    'slapadd',
    `${NUMBER} that the checks accept are accepted by slapadd on servers of every role`,
    () => {
      const topologies = acceptedDirectories(NUMBER);
      expect(topologies).toHaveLength(NUMBER);
      // The third and fourth writer are like the second.
      const ldifs = topologies
        .flatMap((topology, index) => ldifsOf(topology, `${index} `))
        .filter(({ name }) => !/ w[34]-host$/.test(name));
      expect(slapaddComplaints(ldifs)).toBe('');
    },
    900_000,
  );
});

describe('slapd', () => {
  // A subject with all that a mapping by pattern would have to escape.
  const subject = 'cn=three \\2B \\"3\\"\\, (x|.*),O=Example\\+L=x y  z';
  const plain = failoverWithShadow().topology();
  const topology: Topology = {
    ...plain,
    directoryServers: plain.directoryServers.map((one) => (one.name === 'three' ? { ...one, identity: subject } : one)),
  };

  const PREPARE = `
suffix=dc=example,dc=com
password=secret-openldap_failover_directory_admin
network
change one >/dev/null <<END
dn: $suffix
changetype: add
objectClass: dcObject
objectClass: organization
dc: example
o: Exämple

dn: uid=jane,$suffix
changetype: add
objectClass: inetOrgPerson
cn: Jane
sn: Doe
uid: jane
userPassword: hidden
END
described() { # NAME TEXT
  printf 'dn: uid=jane,%s\\nchangetype: modify\\nreplace: description\\ndescription: %s\\n' "$suffix" "$2" | change "$1"
}
says() { has "$1" "uid=jane,$suffix" "description: $2"; } # NAME TEXT
all_say() { for name in $names; do within 20 says "$name" "$1" || echo "$name lacks $1"; done; } # TEXT
for name in $names; do within 20 has "$name" "uid=jane,$suffix" || echo "$name lacks the entry"; done
`;
  const run = (script: string): string => {
    const { status, stdout, stderr } = runSlapds({ topology, script: `${PREPARE}${script}` });
    return status === 0 && stderr === '' ? stdout : `${status} ${stdout}${stderr}`;
  };

  oracle(
    'slapd',
    'takes writes at the master and brings them to mirrors and shadow, also after a restart of each',
    () => {
      expect(
        run(`
described one first >/dev/null
all_say first
refusal() { described "$1" refused | grep -o -e '([0-9]*)' -e 'ldaps:.*'; }
echo "at the mirror $(refusal two)"
echo "at the shadow $(refusal four)"
for name in $names; do
  stop "$name"
  start "$name"
  opens 20 "$name"
  described one "after $name" >/dev/null
  all_say "after $name"
done
stop four KILL
described one missed >/dev/null
start four
opens 20 four
all_say missed
# A forced switch: no line between members changes.
stop one KILL
configure two 'replace: olcUpdateRef\\nolcUpdateRef: ldaps://two-host\\n-\\nreplace: olcReadOnly\\nolcReadOnly: FALSE\\n'
described two switched >/dev/null
within 20 says three switched || echo 'three does not follow'
`),
      ).toBe(`at the mirror (53)
at the shadow (10)
ldaps://one-host/uid=jane,dc=example,dc=com
`);
    },
    400_000,
  );

  oracle(
    'slapd',
    'shows passwords to peers alone, the role of a database to everyone, and lets peers write nothing',
    () => {
      expect(
        run(`
certificate stranger stranger-host /CN=stranger
certificate impostor one-host '/CN=one/OU=elsewhere'
as() { # NAME COMMAND...
  LDAPTLS_CACERT=/mnt/ca.pem LDAPTLS_CERT="/mnt/$1.crt" LDAPTLS_KEY="/mnt/$1.key"
  export LDAPTLS_CACERT LDAPTLS_CERT LDAPTLS_KEY
  shift
  "$@" -Q -Y EXTERNAL -H ldaps://one-host
}
for name in two three four stranger impostor; do
  as "$name" ldapwhoami
  echo "passwords: $(as "$name" ldapsearch -LLL -b "$suffix" '(uid=jane)' userPassword | grep -c userPassword)"
  echo "changes: $(as "$name" ldapsearch -LLL -b 'cn=changes of people' '(reqType=add)' 1.1 2>/dev/null | grep -c '^dn')"
done
printf 'dn: uid=jane,%s\\nchangetype: modify\\nreplace: sn\\nsn: x\\n' "$suffix" | as two ldapmodify >/dev/null 2>&1 || echo "a peer writes: $?"
role() { ldapsearch -LLL -x -H "ldap://$(address_of "$1")" -s base -b "$(database_of "$1")" "$2" 1.1 | grep -c '^dn'; }
echo "master: $(role one '(!(olcReadOnly=TRUE))') $(role one '(olcReadOnly=TRUE)')"
echo "mirror: $(role two '(!(olcReadOnly=TRUE))') $(role two '(olcReadOnly=TRUE)')"
ldapsearch -LLL -x -H ldap://192.0.2.11 -s base -b "$(database_of one)" '(olcSuffix=*)' | sed 1d
ldapsearch -LLL -x -H ldap://192.0.2.11 -b cn=config 1.1 2>/dev/null || echo "the rest $?"
has two "uid=jane,$suffix" userPassword: || echo 'hidden from all others'
`),
      ).toBe(`dn:cn=two
passwords: 1
changes: 2
dn:cn=three \\2B \\223\\22\\2C (x|.*),o=example\\2Bl\\3Dx y z
passwords: 1
changes: 2
dn:cn=four
passwords: 1
changes: 2
dn:cn=stranger
passwords: 0
changes: 0
dn:ou=elsewhere,cn=one
passwords: 0
changes: 0
a peer writes: 50
master: 1 0
mirror: 0 1
olcSuffix: dc=example,dc=com
olcUpdateRef: ldaps://one-host
olcReadOnly: FALSE

the rest 32
hidden from all others
`);
    },
    400_000,
  );
});
