import { failoverWithShadow, threeSuppliers } from '../support/open-ldap-directories';
import { outputAmongSlapds } from './directory-commands';
import { oracle } from './support';

const topology = failoverWithShadow().topology();

const run = (script: string): string => outputAmongSlapds(topology, script);

describe('tandem restore', () => {
  oracle(
    'slapd',
    'loads a dump into the master of now, brings back on all servers what was deleted, and loses what came later',
    () => {
      const output = run(`
tandem switch --to three --yes >/dev/null
entry three kept
entry three deleted
for name in $names; do within 10 has_entry "$name" deleted || echo "$name lacks it"; done
on_host two tandem-backup-people-dump | sed 's/people-dump-[0-9TZ]*/people-dump-TIME/'
stat -c '%a %U' /mnt/two/backups/tandem/people-dump-*.ldif.gz
printf 'dn: uid=deleted,%s\nchangetype: delete\n' "$suffix" | change three >/dev/null
entry three later
for name in $names; do within 10 lacks "$name" deleted || echo "$name has it"; within 10 has_entry "$name" later || echo "$name lacks later"; done
plain() { sed 's/people-dump-[0-9TZ]*/people-dump-TIME/; s/[0-9]* bytes, .* old/N bytes, SPAN old/; s/replaced-[0-9TZ]*/replaced-TIME/; s/after [0-9]* s/after N s/'; }
echo '--- show'
tandem restore --show | plain
echo '--- there is data'
tandem restore --yes | plain
has_entry one later && echo 'nothing has changed'
echo '--- replace'
tandem restore --directory people --replace --yes | plain
for name in $names; do
  has_entry "$name" deleted || echo "$name lacks what was deleted"
  has_entry "$name" kept || echo "$name lacks what was kept"
  lacks "$name" later || echo "$name has what came later"
  ls -d /mnt/$name/lib/people.replaced-* >/dev/null || echo "$name kept nothing"
done
entry three new
for name in $names; do within 10 has_entry "$name" new || echo "$name follows nobody"; done
find /var/tmp -maxdepth 1 -name 'tandem-restore.*'
tandem switch --to one --yes | sed -n 's/^one: takes writes; .*/one takes writes/p; /^exit/p'
`);
      expect(output.split(/^--- .*\n/m)).toEqual([
        `tandem-backup-people-dump: dumping to /var/backups/tandem/people-dump-TIME.ldif.gz
tandem-backup-people-dump: 3 entries
tandem-backup-people-dump: dumped
600 root
`,
        `people: two-host:/var/backups/tandem/people-dump-TIME.ldif.gz, N bytes, SPAN old
exit 0
`,
        `people: two-host:/var/backups/tandem/people-dump-TIME.ldif.gz, N bytes, SPAN old
looking at the servers of directory people
tandem: nothing was restored and nothing was changed
  - one holds data
  - three holds data
  - two holds data
  - four holds data
  - what the servers hold is moved aside, not deleted, with --replace
exit 1
nothing has changed
`,
        `people: two-host:/var/backups/tandem/people-dump-TIME.ldif.gz, N bytes, SPAN old
looking at the servers of directory people
sending /var/backups/tandem/people-dump-TIME.ldif.gz from two-host to three-host
three-host: looking whether three takes the dump
lost: what was written after the dump; slapd of one, three, two, four stands still meanwhile, with all of its directories
one-host: stop slapd
two-host: stop slapd
four-host: stop slapd
three-host: stop slapd
one-host: move what it holds to /var/lib/ldap/people.replaced-TIME
two-host: move what it holds to /var/lib/ldap/people.replaced-TIME
four-host: move what it holds to /var/lib/ldap/people.replaced-TIME
three-host: move what it holds to /var/lib/ldap/people.replaced-TIME
three-host: load the dump
three-host: start slapd
one-host: start slapd
two-host: start slapd
four-host: start slapd
three takes writes, and all servers hold its 3 entries, after N s
exit 0
one takes writes
exit 0
`,
      ]);
    },
    300_000,
  );
});

describe.each(['available', 'quorum'] as const)('tandem restore of a multi-master group, %s', (partitionPolicy) => {
  oracle(
    'slapd',
    'loads a dump into the first supplier, and all of them hold it and take writes again',
    () => {
      const output = outputAmongSlapds(
        threeSuppliers({ partitionPolicy }).topology(),
        `
entry one kept
entry two deleted
for name in $names; do for uid in kept deleted; do within 10 has_entry "$name" "$uid" || echo "$name lacks $uid"; done; done
on_host two tandem-backup-people-dump >/dev/null
printf 'dn: uid=deleted,%s\nchangetype: delete\n' "$suffix" | change three >/dev/null
entry three later
for name in $names; do within 10 lacks "$name" deleted || echo "$name has it"; within 10 has_entry "$name" later || echo "$name lacks later"; done
tandem restore --replace --yes | sed -n 's/after [0-9]* s/after N s/; /: load the dump$/p; /takes writes/p; /^exit/p'
for name in $names; do
  has_entry "$name" deleted || echo "$name lacks what was deleted"
  has_entry "$name" kept || echo "$name lacks what was kept"
  lacks "$name" later || echo "$name has what came later"
done
for name in $names; do opens 30 "$name"; done
for name in $names; do within 10 entry "$name" "new-$name" || echo "$name takes no writes"; done
for name in $names; do for uid in $names; do within 10 has_entry "$name" "new-$uid" || echo "$name lacks new-$uid"; done; done
`,
      );
      expect(output).toBe(`one-host: load the dump
one takes writes, and all servers hold its 3 entries, after N s
exit 0
`);
    },
    300_000,
  );
});

describe('tandem add-mirror and tandem retire', () => {
  oracle(
    'slapd',
    'wait for a mirror with empty disks, and say when a member may go and when not',
    () => {
      const output = run(`
entry one first
for name in two three four; do within 10 has_entry "$name" first; done
echo '--- an empty mirror'
on_host two 'systemctl stop slapd.service; rm -r /var/lib/ldap/people'
tandem add-mirror two --timeout 1 | sed 's/^waiting: .*/waiting/; s/after [0-9]* s/after N s/; s/^  two .*/  REASON/'
on_host two 'systemctl start slapd.service'
tandem add-mirror two | sed '/^waiting: /d'
has_entry two first || echo 'it lacks an entry'
echo '--- one that is none'
tandem add-mirror four
echo '--- a server with another configuration'
printf 'dn: cn=config\nchangetype: modify\nreplace: olcIdleTimeout\nolcIdleTimeout: 77\n' | at three ldapmodify -Q -Y EXTERNAL -H ldapi:/// >/dev/null
tandem add-mirror two
printf 'dn: cn=config\nchangetype: modify\ndelete: olcIdleTimeout\n' | at three ldapmodify -Q -Y EXTERNAL -H ldapi:/// >/dev/null
echo '--- nobody said that it retires'
tandem retire one
echo '--- the master'
node -e '
  const { readFileSync, writeFileSync } = require("fs");
  const file = "/mnt/deployment/topology.json";
  const topology = JSON.parse(readFileSync(file));
  const { id } = topology.directoryServers.find(({ name }) => name === "one");
  for (const replica of topology.replicas) if (replica.server === id) replica.retiring = true;
  writeFileSync(file, JSON.stringify(topology));'
tandem retire one
echo '--- no longer master'
tandem switch --to two --yes >/dev/null
entry two second
tandem retire one | sed '/^waiting: /d'
`);
      expect(output.split(/^--- .*\n/m)).toEqual([
        '',
        `looking at the servers of directory people
waiting
tandem: two is no mirror yet after N s
  REASON
next:
  journalctl -u slapd -u tandem-directory-gate on its host
  tandem status openldap-failover
exit 1
looking at the servers of directory people
two is a mirror of one, with the same 2 entries
it may become master: tandem switch openldap-failover --to two
exit 0
`,
        `tandem: four can not be waited for
  - four is no member of group masters: add it to 'mirrors' in the stack, synthesize and apply
exit 1
`,
        `looking at the servers of directory people
tandem: two can not become a mirror
  - three does not have the configuration of the stack (olcidletimeout of cn=config is unexpected); apply it
exit 1
`,
        `tandem: one can not go yet
  - name one in 'retiring' of group masters in the stack first, synthesize and apply
exit 1
`,
        `looking at the servers of directory people
tandem: one can not go yet
  - one takes writes: tandem switch openldap-failover --to SERVER
  - three takes one for the master: tandem switch openldap-failover --to SERVER
  - two takes one for the master: tandem switch openldap-failover --to SERVER
  - four takes one for the master: tandem switch openldap-failover --to SERVER
  - four reads from one: tandem switch openldap-failover --to SERVER
exit 1
`,
        `looking at the servers of directory people
one is not master, nobody outside the group reads from it, and the group has all that it has
next: take it out of 'mirrors' and 'retiring' of group masters in the stack, synthesize and apply
then stop slapd on its host; /var/lib/ldap/people stays there until you remove it
exit 0
`,
      ]);
    },
    300_000,
  );
});
