import { failoverWithShadow } from '../support/open-ldap-directories';
import { outputAmongSlapds } from './directory-commands';
import { oracle } from './support';

const topology = failoverWithShadow().topology();

const run = (script: string): string => outputAmongSlapds(topology, script);

/** A client that writes all the time, and notes what was acknowledged; goes on when its first entry is there. */
const WRITER = `node "$repository/test/oracle/directory-writer.mjs" /mnt/ca.pem "$password" "$suffix" /mnt/acknowledged one-host two-host three-host &
writer=$!
within 20 sh -c 'ldapsearch -x -LLL -H ldap://192.0.2.11 -b dc=example,dc=com "(uid=*-1)" 1.1 | grep -q .'
`;

const HOLDS = `holds() { # NAME: everything that was acknowledged
  ldapsearch -x -LLL -o ldif-wrap=no -H "ldap://$(address_of "$1")" -D "cn=admin,$suffix" -w "$password" -b "$suffix" '(uid=*)' uid |
    sed -n 's/^uid: //p' >"/mnt/$1.uids"
  node -e '
    const { readFileSync } = require("fs");
    const there = new Set(readFileSync(process.argv[1], "utf8").split("\\n"));
    process.exit(JSON.parse(readFileSync("/mnt/acknowledged")).every(([uid]) => there.has(uid)) ? 0 : 1);' "/mnt/$1.uids"
}
`;

/** The longest time between two acknowledged writes in each span, in milliseconds. */
function gaps(acknowledged: readonly number[], spans: readonly (readonly [number, number])[]): readonly number[] {
  return spans.map(([from, to]) =>
    Math.max(
      ...acknowledged.flatMap((time, index) => {
        const before = acknowledged[index - 1];
        return before !== undefined && time >= from && before <= to ? [time - before] : [];
      }),
    ),
  );
}

describe('tandem switch', () => {
  oracle(
    'slapd',
    'moves the master ten times under load: half a second without writes at most in the middle, 2 s at worst, nothing lost',
    () => {
      const output = run(`
${WRITER}for to in two three one two three one two three one two; do
  begin=$(date +%s%3N)
  tandem switch --to "$to" --yes >"/mnt/switch" 
  grep -qx 'exit 0' /mnt/switch || cat /mnt/switch
  echo "span $begin $(date +%s%3N)"
done
kill "$writer"
wait "$writer"
echo "acknowledged $(cat /mnt/acknowledged)"
${HOLDS}for name in $names; do within 20 holds "$name" || echo "$name lacks something"; done
tandem switch --to two --yes
tandem switch --to four --yes
tandem status --json >/mnt/status
node -e '
  const { directories: [{ writers, copies }] } = JSON.parse(require("fs").readFileSync("/mnt/status", "utf8").replace(/exit .*/, ""));
  console.log("writers", writers.join());
  for (const { server, now, names, content, look } of copies) console.log(server, now, names.join(), content, look.configuration.length);'
`);
      const spans = [...output.matchAll(/^span (\d+) (\d+)$/gm)].map(
        ([, from, to]) => [Number(from), Number(to)] as const,
      );
      const [, list = '[]'] = /^acknowledged (.*)$/m.exec(output) ?? [];
      const times = (JSON.parse(list) as readonly [string, number][]).map(([, time]) => time);
      expect(output.replace(/^(span|acknowledged) .*\n/gm, '')).toBe(`looking at the servers of directory people
two is master of people already; nothing to do
exit 0
looking at the servers of directory people
tandem: four can not become master of people; nothing was changed
  - four is no member of failover group masters
exit 1
writers two
one mirror two equal 0
three mirror two equal 0
two master two reference 0
four consumer two equal 0
`);
      const found = [...gaps(times, spans)].sort((a, b) => a - b);
      process.stdout.write(`${times.length} writes, longest gap of ten switches: ${found.join(', ')} ms\n`);
      expect(found).toHaveLength(10);
      expect(found[4]).toBeLessThanOrEqual(500);
      expect(found[9]).toBeLessThanOrEqual(2000);
    },
    300_000,
  );
});

describe('a switch that does not wait for the target', () => {
  oracle(
    'slapd',
    'loses what was acknowledged, which the same look finds',
    () => {
      const output = run(`
cut_off two
${WRITER}
kill "$writer"
wait "$writer"
${HOLDS}
tandem switch --to two --timeout 1 --yes | sed -n '/^exit/p'
within 20 holds three || echo 'three lacks something'
configure one 'replace: olcReadOnly\\nolcReadOnly: TRUE\\n'
configure two 'replace: olcUpdateRef\\nolcUpdateRef: ldaps://two-host\\n-\\nreplace: olcReadOnly\\nolcReadOnly: FALSE\\n'
state two
holds two || echo 'two lacks something'
`);
      expect(output).toBe('exit 1\nwrites ldaps://two-host\ntwo lacks something\n');
    },
    300_000,
  );
});

describe('tandem switch --forced and tandem rejoin', () => {
  oracle(
    'slapd',
    'refuses a stale member, opens the one that has most, and takes the old master back with nothing of it flowing',
    () => {
      const output = run(`
entry one everywhere
for name in two three; do within 5 has_entry "$name" everywhere; done
cut_off two
entry one three-has-it
within 5 has_entry three three-has-it
echo '--- the target does not catch up'
tandem switch --to two --timeout 1 --yes | sed 's/([0-9.]* s behind)/(SPAN)/'
entry one still-written && echo 'one takes writes'
within 5 has_entry three still-written
cut_off three
cut_off four
entry one nobody-has-it
printf 'dn: uid=everywhere,%s\\nchangetype: modify\\nreplace: description\\ndescription: changed\\n\\ndn: uid=three-has-it,%s\\nchangetype: delete\\n' "$suffix" "$suffix" | change one >/dev/null
echo '--- the master answers'
tandem switch --forced --to three --yes
stop one KILL
mend_lines three
mend_lines four
echo '--- two lacks something; opened without a look it would lose what was acknowledged'
has_entry two still-written || echo 'two lacks an acknowledged write'
tandem switch --forced --to two --timeout 1 --yes | sed 's/[0-9]* s of/N s of/'
echo '--- three does not'
tandem switch --forced --to three --yes | sed 's/[0-9]* s of/N s of/; s/20[0-9-]* [0-9:]* UTC/THEN/'
mend_lines two
within 20 has_entry two still-written
entry three after
start one
within 20 sh -c 'grep -q "a returned master" /mnt/one.gate.log'
# As long as lines of others need to try again
for number in 1 2 3 4 5 6 7 8; do sleep 1; done
for name in two three four; do if has_entry "$name" nobody-has-it; then echo "it flowed to $name before"; fi; done
tandem status | sed -n '/returned-master/p; s/^one .*\\(returned master\\) .*/one \\1/p'
tandem switch --to one --yes
echo '--- it comes back'
tandem rejoin one --save lost.ldif --yes | sed 's/returned-.*/returned-TIME/; s/after [0-9]* s/after N s/'
stat -c '%a' lost.ldif
grep . lost.ldif
for name in $names; do
  within 20 has_entry "$name" after || echo "$name lacks what came later"
  if has_entry "$name" nobody-has-it; then echo "it flowed to $name"; fi
  has_entry "$name" three-has-it || echo "$name lost an entry"
done
entry three last
within 10 has_entry one last
tandem status --json >/mnt/status
node -e '
  const { directories: [{ copies }] } = JSON.parse(require("fs").readFileSync("/mnt/status", "utf8").replace(/exit .*/, ""));
  for (const { server, now, names, content } of copies) console.log(server, now, names.join(), content);'
`);
      const parts = output.split(/^--- .*\n/m);
      expect(parts).toEqual([
        '',
        `looking at the servers of directory people
one is master of people; two is to become it (nobody can write for a moment, 1 s at most)
tandem: two does not catch up; nothing was changed
  - two lacks changes of server ids 1 after 1 s (SPAN)
exit 1
one takes writes
`,
        `looking at the servers of directory people
tandem: three can not be forced to be master of people; nothing was changed
  - one answers and takes writes: switch without --forced, which loses nothing
exit 1
`,
        `two lacks an acknowledged write
looking at the servers of directory people
three holds all that the members which answer have
two lacks N s of server id 1
tandem: two lacks changes that three has; nothing was changed
  - choose the one that has most: tandem switch openldap-failover --forced --to three
  - or give those changes up with --accept-loss
exit 1
`,
        `looking at the servers of directory people
three holds all that the members which answer have
two lacks N s of server id 1
what one acknowledged after THEN and sent to nobody is not there until it comes back, and then to be looked through (tandem rejoin)
not asked, and not told: one; one of them may hold more
three: takes writes as ldaps://three-host
all that answer follow three
not told: one; when it is back: tandem switch openldap-failover --to three
exit 0
DEGRADED  [openldap-failover/people] directory/returned-master: one was master, and is closed because three is master now
one returned master
looking at the servers of directory people
tandem: one can not become master of people; nothing was changed
  - one is closed: it does not hold everything yet, or it is a master that returned (tandem rejoin)
exit 1
`,
        `looking at the servers of directory people
reading what one and three hold, on their hosts
one alone has 1 entries, changes of 1 and deletions of 1
kept in lost.ldif
one-host: stopping slapd, moving /var/lib/ldap/people away, starting slapd
one-host: what it held is kept in /var/lib/ldap/people.returned-TIME
one is a mirror of three after N s, with the same 5 entries
exit 0
600
# What one had of directory people and the group never got.
# Look through it, then: ldapmodify -H ldaps://three-host -D cn=admin,dc=example,dc=com -W -f FILE
dn: uid=everywhere,dc=example,dc=com
changetype: modify
replace: description
description: changed
-
dn: uid=nobody-has-it,dc=example,dc=com
changetype: add
objectClass: account
uid: nobody-has-it
# deleted there, and still in the group
# dn: uid=three-has-it,dc=example,dc=com
# changetype: delete
one mirror three equal
three master three reference
two mirror three equal
four consumer three equal
`,
      ]);
    },
    300_000,
  );
});
