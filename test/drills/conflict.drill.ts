import { outputAmongSlapds } from '../oracle/directory-commands';
import { oracle } from '../oracle/support';
import { threeSuppliers } from '../support/open-ldap-directories';

const topology = threeSuppliers({ partitionPolicy: 'available' }).topology();

describe('one side of a cut deletes an entry that the other one changes', () => {
  oracle(
    'slapd',
    'copies say that they have every change and differ; status finds it, and a refill mends it',
    () => {
      const output = outputAmongSlapds(
        topology,
        `
for entry in first second; do entry one "$entry"; done
for name in $names; do for entry in first second; do within 20 has_entry "$name" "$entry" || echo "$name lacks $entry"; done; done
deletes() { printf 'dn: uid=%s,%s\\nchangetype: delete\\n' "$2" "$suffix" | change "$1" >/dev/null; }
changes() { printf 'dn: uid=%s,%s\\nchangetype: modify\\nreplace: description\\ndescription: changed\\n' "$2" "$suffix" | change "$1" >/dev/null; }
isolate three
deletes one first
changes three first
changes three second
deletes one second
mend
entry one after
for name in $names; do within 60 has_entry "$name" after || echo "$name lacks what came later"; done
entry three after-three
for name in $names; do within 60 has_entry "$name" after-three || echo "$name lacks what came later"; done
contexts() { for name in $names; do ldapsearch -x -LLL -H "ldap://$(address_of "$name")" -s base -b "$suffix" contextCSN | sed -n '/CSN/p' | sort | sha256sum; done | sort -u | wc -l; }
one_context() { [ "$(contexts)" = 1 ]; }
within 20 one_context && echo 'all say that they have the same changes'
there() { for name in $names; do for entry in first second; do if has_entry "$name" "$entry"; then echo "$name has $entry"; fi; done; done; }
there
content() { tandem status | sed -n 's,^FAILED .* directory/content: ,,p; s/^  *-> decide/-> decide/p'; }
content
echo '--- what is refused'
tandem refill one --from three --yes
tandem refill three --from three --yes
isolate three
entry three alone
tandem refill three --from one --yes
mend
within 30 has_entry one alone || echo 'one lacks what three took'
within 20 one_context || echo 'changes differ'
echo '--- what mends it'
tandem refill three --from one --yes | sed 's/refilled-.*/refilled-TIME/; s/after [0-9]* s/after N s/'
there
content
comes_to 30 three writes
entry three back
for name in one two; do within 20 has_entry "$name" back || echo "$name lacks it"; done
`,
      );
      const [found, refused, mended] = output.split(/^--- .*\n/m);
      expect(found).toBe(`all say that they have the same changes
one has first
one has second
two has first
two has second
three says that it has every change, and holds other data than one (3 and 5 entries)
-> decide whose data is right, and fill the other one anew: tandem refill openldap-three three --from one
`);
      expect(refused).toBe(`looking at the servers of directory people
tandem: one can not be filled anew; nothing was changed
  - two also holds other data than three, and one would read from it
exit 1
tandem: nothing was changed
  - three can not be filled from itself; name another server
exit 1
looking at the servers of directory people
tandem: three can not be filled anew; nothing was changed
  - three has changes that one has not got yet; wait until tandem status shows no lag
exit 1
`);
      expect(mended).toBe(`looking at the servers of directory people
three-host: stopping slapd, moving /var/lib/ldap/people away, starting slapd
three-host: what it held is kept in /var/lib/ldap/people.refilled-TIME
three holds the same 6 entries as one after N s
exit 0
one has first
one has second
three has first
three has second
two has first
two has second
`);
    },
    200_000,
  );
});
