import { runSlapds } from '../oracle/slapd-network';
import { oracle } from '../oracle/support';
import { fractionalConsumer } from '../support/open-ldap-directories';

describe('a consumer of a part of the attributes', () => {
  oracle(
    'slapd',
    'gets what is left out neither on the wire nor into its database, while clients write it (R21)',
    () => {
      const topology = fractionalConsumer().topology();
      const { status, stdout, stderr } = runSlapds({
        topology,
        timeout: 150_000,
        script: `
suffix=dc=example,dc=com
password=secret-${topology.directoryServers[0]!.administratorSecret}
network
comes_to 30 one writes
nft add table bridge count
nft add chain bridge count forward '{ type filter hook forward priority 0; }'
for name in two reader; do nft add rule bridge count forward iifname v-one oifname "v-$name" counter comment "$name"; done
bytes() { nft list table bridge count | sed -n "s/.* bytes \\([0-9]*\\) comment \\"$1\\".*/\\1/p"; }
add_suffix one
for number in $(seq 20); do
  printf 'dn: uid=%s,%s\\nchangetype: add\\nobjectClass: inetOrgPerson\\nuid: %s\\ncn: kept\\nsn: x\\nemployeeNumber: left-out-%s\\njpegPhoto:: %s\\n\\n' \\
    "$number" "$suffix" "$number" "$number" "$(head -c 50000 /dev/urandom | base64 -w 0)"
done >/mnt/entries
change one </mnt/entries >/dev/null
for name in two reader; do within 30 has "$name" "uid=20,$suffix" || echo "$name lacks an entry"; done
for number in $(seq 20); do
  printf 'dn: uid=%s,%s\\nchangetype: modify\\nreplace: employeeNumber\\nemployeeNumber: left-out-again\\n-\\nreplace: title\\ntitle: changed\\n\\n' "$number" "$suffix"
done | change one >/dev/null
for name in two reader; do within 30 has "$name" "uid=20,$suffix" 'title: changed' || echo "$name lacks a change"; done
names_in() { at "$1" slapcat -F /etc/ldap/slapd.d -b "$suffix" -a '(uid=*)' -o ldif-wrap=no | sed -n 's/^\\([A-Za-z]*\\)::* .*/\\1/p' | sort -u | grep -xE 'cn|title|jpegPhoto|employeeNumber' | tr '\\n' ' '; }
for name in two reader; do
  echo "$name shows $(ldapsearch -x -LLL -H "ldap://$(address_of "$name")" -b "$suffix" '(uid=*)' cn title jpegPhoto employeeNumber | sed -n 's/^\\([A-Za-z]*\\)::* .*/\\1/p' | sort -u | tr '\\n' ' ')"
  echo "$name stores $(names_in "$name")"
  echo "$name finds $(ldapsearch -x -LLL -H "ldap://$(address_of "$name")" -b "$suffix" '(employeeNumber=*)' 1.1 | grep -c '^dn' || true)"
  if grep -rqaF left-out "/mnt/$name/lib"; then echo "$name has it in its files"; fi
done
echo "bytes $(bytes two) $(bytes reader)"
`,
      });
      expect([status, stderr]).toEqual([0, '']);
      const [two, reader] = /^bytes (\d+) (\d+)$/m.exec(stdout)!.slice(1).map(Number) as [number, number];
      process.stdout.write(`bytes from the master: ${two} to the mirror, ${reader} to the consumer without photos\n`);
      expect(stdout.replace(/^bytes .*\n/m, '').replace(/ +$/gm, ''))
        .toBe(`two shows cn dn employeeNumber jpegPhoto title
two stores cn employeeNumber jpegPhoto title
two finds 20
two has it in its files
reader shows cn dn title
reader stores cn title
reader finds 0
`);
      // Twenty photos of 50,000 bytes each went to the mirror.
      expect(two).toBeGreaterThan(1_000_000);
      expect(reader).toBeLessThan(100_000);
    },
    160_000,
  );
});
