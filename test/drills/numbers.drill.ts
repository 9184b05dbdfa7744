import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Topology } from '../../lib/topology/topology';
import { oracle } from '../oracle/support';
import { runSlapds } from '../oracle/slapd-network';
import { failoverPair, twoSuppliers } from '../support/open-ldap-directories';
import { median } from '../lab/median';

const ENTRIES = 50_000;
const SUFFIX = 'dc=example,dc=com';

/** How busy the machine is, beside a figure that depends on it. */
const load = (): string => `load ${os.loadavg()[0]?.toFixed(1)} on ${os.cpus().length} cores`;

function run(topology: Topology, script: string, files: Readonly<Record<string, string>> = {}): string {
  const password = topology.directoryServers[0]!.administratorSecret;
  const { status, stdout, stderr } = runSlapds({
    topology,
    files,
    timeout: 170_000,
    script: `repository='${path.join(__dirname, '../..')}'
suffix=${SUFFIX}
password=secret-${password}
${script}`,
  });
  if (status !== 0 || stderr !== '') throw new Error(`${status}\n${stdout}${stderr}`);
  return stdout;
}

/** What lines `NAME ANSWERS USED SECONDS` say, in their order. */
interface LookUps {
  /** In a second of the clock, in the best round: it depends on what else the machine does. */
  readonly best: number;
  /** In a second of the server's processors, round by round: it hardly does. */
  readonly each: readonly number[];
}

function lookUps(output: string, name: string): LookUps {
  const rounds = output
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([first]) => first === name)
    .map(([, ...numbers]) => numbers.map(Number) as [number, number, number]);
  return {
    best: Math.round(Math.max(...rounds.map(([answers, , seconds]) => answers / seconds))),
    each: rounds.map(([answers, used]) => Math.round((answers / used) * 100)),
  };
}

// Servers are loaded where slapd does not run. `plain` is what the package makes of a machine without being asked.
const LOOK_UPS = `
awk -v entries=${ENTRIES} 'BEGIN {
  print "dn: ${SUFFIX}\\nobjectClass: dcObject\\nobjectClass: organization\\ndc: example\\no: Example\\n"
  for (n = 0; n < entries; n++)
    printf "dn: uid=user%d,${SUFFIX}\\nobjectClass: inetOrgPerson\\nuid: user%d\\ncn: User %d\\nsn: %d\\nmail: user%d@example.com\\ntelephoneNumber: %d\\n\\n", n, n, n, n, n, n
}' >/mnt/people.ldif
echo 'plain 192.0.2.99 plain-host /CN=plain' >>"$files/servers"
ip route add 192.0.2.99/32 dev bridge src 10.255.255.254
sed "s/@SUFFIX@/$suffix/; s/@PASSWORD@/$password/" "$files/distribution" >"$files/plain.ldif"
cat >"$files/plain.config" <<'END'
rm -rf /etc/ldap/slapd.d
mkdir /etc/ldap/slapd.d
slapadd -n 0 -F /etc/ldap/slapd.d -l /etc/ldap/slapd.ldif
chown -R openldap:openldap /etc/ldap/slapd.d
END
printf 'SLAPD_CONF=/etc/ldap/slapd.d\\nSLAPD_USER=openldap\\nSLAPD_GROUP=openldap\\nSLAPD_SERVICES="ldap:/// ldapi:///"\\n' >"$files/plain.default"
cat >"$files/load" <<'END'
set -eu
mount --bind "/mnt/$1/ldap" /etc/ldap
mount --bind "/mnt/$1/lib" /var/lib/ldap
mount --bind "/mnt/$1/run" /run
sh "/mnt/files/$1.config"
. "/mnt/files/$1.default"
slapadd -q -F "$SLAPD_CONF" -b ${SUFFIX} -l /mnt/people.ldif
chown -R openldap:openldap /var/lib/ldap
END
authority
certificate one one-host /CN=one
certificate plain plain-host /CN=plain
for name in one plain; do
  host "$name"
  unshare --mount sh "$files/load" "$name"
  start_slapd "$name"
done
configure one 'replace: olcReadOnly\\nolcReadOnly: FALSE\\n-\\nreplace: olcRestrict\\n'
used() { awk '{ print $14 + $15 }' "/proc/$(cat "/mnt/$1.pid")/stat"; } # NAME: hundredths of a second of its processors
look_up() { # NAME ATTRIBUTE AFTER SECONDS
  before=$(used "$1")
  answers=$(node "$repository/test/drills/look-up.mjs" "$(address_of "$1")" "$2" user "$3" ${ENTRIES} "$suffix" "$4")
  echo "$1/$2 $answers $(($(used "$1") - before)) $4"
}
# In turn, so that what else the machine does hits both alike
for round in 1 2 3 4 5 6 7 8 9; do
  for name in plain one; do look_up "$name" uid '' 1; done
done
for round in 1 2 3; do
  look_up one mail @example.com 1
  look_up plain mail @example.com 3
done
`;

/** Bytes that one sends to two while so many entries with a photo get another title. */
const CHANGES = 50;
const PHOTO = 100_000;
const bytesSent = (topology: Topology): number => {
  const output = run(
    topology,
    `network
comes_to 30 one writes
photo=$(head -c ${PHOTO} /dev/urandom | base64 -w 0)
add_suffix one
for number in $(seq ${CHANGES}); do
  printf 'dn: cn=%s,%s\\nchangetype: add\\nobjectClass: inetOrgPerson\\ncn: %s\\nsn: x\\njpegPhoto:: %s\\n\\n' "$number" "$suffix" "$number" "$photo"
done >/mnt/entries
change one </mnt/entries >/dev/null
within 30 has two "cn=${CHANGES},$suffix"
nft add table bridge count
nft add chain bridge count forward '{ type filter hook forward priority 0; }'
nft add rule bridge count forward iifname v-one oifname v-two counter
for number in $(seq ${CHANGES}); do
  printf 'dn: cn=%s,%s\\nchangetype: modify\\nreplace: title\\ntitle: changed\\n' "$number" "$suffix" | change one >/dev/null
done
changed() { [ "$(ldapsearch -x -LLL -H "ldap://$(address_of two)" -b "$suffix" '(title=changed)' 1.1 | grep -c '^dn')" = ${CHANGES} ]; }
within 30 changed || echo 'two does not have all changes'
echo "bytes $(nft list table bridge count | sed -n 's/.* bytes \\([0-9]*\\).*/\\1/p')"
`,
  );
  expect(output).toMatch(/^bytes \d+\n$/);
  return Number(output.slice('bytes '.length));
};

describe('numbers', () => {
  oracle(
    'slapd',
    `with ${ENTRIES} entries look-ups by uid are as quick as with the distribution's configuration, and those by mail 50 times as quick`,
    () => {
      const output = run(failoverPair().topology(), LOOK_UPS, {
        distribution: readFileSync('/usr/share/slapd/slapd.init.ldif', 'utf8'),
      });
      const [uid, mail] = ['uid', 'mail'].map((attribute) => {
        const [one, plain] = ['one', 'plain'].map((server) => lookUps(output, `${server}/${attribute}`)) as [
          LookUps,
          LookUps,
        ];
        // Rounds that followed each other had the same machine.
        const ratio = median(one.each.map((each, round) => each / (plain.each[round] ?? Number.NaN)));
        process.stdout.write(
          `look-ups by ${attribute}: ${median(one.each)} in a second of the server's processors (distribution ${median(plain.each)}, median of ratios ${ratio.toFixed(2)}), ` +
            `${one.best} in a second of the best round (distribution ${plain.best}); ${load()}\n`,
        );
        return ratio;
      }) as [number, number];
      expect(uid).toBeGreaterThanOrEqual(0.95);
      expect(mail).toBeGreaterThanOrEqual(50);
    },
    180_000,
  );

  oracle(
    'slapd',
    `${CHANGES} changes of entries with a large photo take a fiftieth of the bytes in a failover group (delta-syncrepl)`,
    () => {
      const [delta, whole] = [failoverPair(), twoSuppliers()].map((one) => bytesSent(one.topology())) as [
        number,
        number,
      ];
      process.stdout.write(
        `bytes for ${CHANGES} changes: ${delta} as changes, ${whole} as whole entries, ratio ${(whole / delta).toFixed(0)}; ${load()}\n`,
      );
      expect(whole / delta).toBeGreaterThanOrEqual(50);
    },
    180_000,
  );
});
