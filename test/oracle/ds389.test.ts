import { runbook } from '../../lib/render/runbook/build';
import { mesh, withWindowsDomain } from '../support/ds389-directories';
import { runDs389 } from './ds389-network';
import { oracle } from './support';

describe('ns-slapd', () => {
  oracle('ns-slapd', 'takes the configuration of every role, and has nothing left to change when asked again', () => {
    const { status, stdout, stderr } = runDs389({
      topology: mesh().topology(),
      script: `
suffix=dc=example,dc=com
password=secret-ds389_mesh_directory_admin
network
for name in $names; do at "$name" tandem-ds389-setup configure 2>&1; done
has_schema() { ldapsearch -x -LLL -o ldif-wrap=no -H "$(url "$1")" -b cn=schema -s base objectClasses | grep -q groupwareUser; }
for name in $names; do within 10 has_schema "$name" || echo "$name lacks the schema"; done
tree='cn=dc\\3Dexample\\2Cdc\\3Dcom,cn=mapping tree,cn=config'
for name in $names; do has "$name" "cn=replica,$tree" || echo "$name has no replica"; done
has hub "cn=to-reader,cn=replica,$tree" 'nsDS5ReplicatedAttributeList: (objectclass=*) $ EXCLUDE jpegPhoto telephoneNumber' || echo 'all attributes'
# What nobody asked for goes away, and what was changed comes back.
printf 'dn: cn=to-hub,cn=replica,%s\\nchangetype: modify\\nreplace: nsDS5ReplicaPort\\nnsDS5ReplicaPort: 1\\n' "$tree" | change one >/dev/null
printf 'dn: cn=peer x,cn=config\\nchangetype: add\\nobjectClass: top\\nobjectClass: nsContainer\\nobjectClass: nsAccount\\ncn: peer x\\n' | change one >/dev/null
at one tandem-ds389-setup configure 2>&1
`,
    });
    expect(`${status} ${stdout}${stderr}`).toBe(
      `0 tandem-ds389-setup: one: cn=to-hub,cn=replica,cn=dc\\3Dexample\\2Cdc\\3Dcom,cn=mapping tree,cn=config is changed: nsds5replicaport 
tandem-ds389-setup: one: cn=peer x,cn=config is removed
`,
    );
  });
});

oracle(
  'ns-slapd',
  'takes the agreement with a Windows domain as the runbook adds it, and an apply leaves it alone (R49)',
  () => {
    const topology = withWindowsDomain().topology();
    const [, windows = ''] = runbook(topology).split('## Windows domain');
    const added = /^read -rp[\s\S]*?\.socket$/m.exec(windows)?.[0] ?? '';
    const takenAway = /^dsconf .* delete .*$/m.exec(windows)?.[0] ?? '';
    const { status, stdout, stderr } = runDs389({
      topology,
      files: { added, 'taken-away': takenAway },
      script: `
suffix=dc=example,dc=com
password=secret-ds389_windows_directory_admin
network
at one tandem-ds389-setup configure 2>&1
printf 'cn=sync,dc=corp\\ntyped\\n' | at one bash "$files/added"
agreement='cn=corp,cn=replica,cn=dc\\3Dexample\\2Cdc\\3Dcom,cn=mapping tree,cn=config'
at one tandem-ds389-setup configure 2>&1
has one "$agreement" 'nsDS5ReplicaBindDN: cn=sync,dc=corp' || echo 'no agreement'
has one "$agreement" 'nsDS5ReplicaCredentials: typed' && echo 'the password is kept as it is'
at one dsconf one repl-winsync-agmt list --suffix "$suffix" | grep -c '^cn: corp'
at one sh "$files/taken-away"
has one "$agreement" && echo 'it is still there'
true
`,
    });
    expect(`${status} ${stdout}${stderr}`).toBe(
      `0 adding new entry "${'cn=corp,cn=replica,cn=dc\\3Dexample\\2Cdc\\3Dcom,cn=mapping tree,cn=config'}"

1
Agreement has been successfully deleted
`,
    );
  },
);

oracle(
  'ns-slapd',
  'gives a dump by the rendered program, and is filled from it as the runbook says (R27)',
  () => {
    const topology = mesh().topology();
    const [, restore = ''] = runbook(topology).split('## Restore a directory on 389 Directory Server');
    const [, taker = '', sender = ''] = [...restore.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, lines = '']) => lines);
    const { status, stdout, stderr } = runDs389({
      topology,
      timeout: 280_000,
      files: { taker, sender },
      script: `
suffix=dc=example,dc=com
password=secret-ds389_mesh_directory_admin
network
person() { printf 'dn: cn=%s,%s\\nchangetype: add\\nobjectClass: person\\ncn: %s\\nsn: x\\n\\n' "$1" "$suffix" "$1"; }
lacks() { ! has "$1" "cn=$2,$suffix"; }
{ printf 'dn: %s\\nchangetype: add\\nobjectClass: domain\\ndc: example\\n\\n' "$suffix"; person kept; person deleted; } | change one >/dev/null
for name in one two hub; do at "$name" tandem-ds389-initialize >/dev/null 2>&1; done
for name in $names; do within 60 has "$name" "cn=deleted,$suffix" || echo "$name is not filled"; done
at two tandem-backup-people-dump 2>/dev/null | sed 's/dump-[0-9TZ]*/dump-TIME/'
# Its own entries of the replicas are counted too.
at two sh -c 'stat -c "%a %U" /var/backups/tandem/*; ls /var/lib/dirsrv/slapd-two/ldif'
printf 'dn: cn=deleted,%s\\nchangetype: delete\\n' "$suffix" | change one >/dev/null
person later | change one >/dev/null
for name in $names; do within 60 lacks "$name" deleted && within 60 has "$name" "cn=later,$suffix" || echo "$name does not follow"; done
# The way from host to host.
at two sh -c 'cat /var/backups/tandem/*' >/mnt/people-dump-TIME.ldif.gz
sed 's,^scp .*,cp /mnt/people-dump-TIME.ldif.gz /root/,' "$files/taker" >"$files/commands"
at one sh -eu "$files/commands" >/mnt/taker.log 2>&1 || cat /mnt/taker.log
at hub sh -eu "$files/sender" >/mnt/sender.log 2>&1 || cat /mnt/sender.log
for name in $names; do
  within 60 has "$name" "cn=deleted,$suffix" || echo "$name lacks what was deleted"
  has "$name" "cn=kept,$suffix" || echo "$name lacks what was kept"
  lacks "$name" later || echo "$name has what came later"
done
person new | change one >/dev/null
for name in $names; do within 60 has "$name" "cn=new,$suffix" || echo "$name does not follow again"; done
`,
    });
    expect(`${status} ${stdout}${stderr}`)
      .toBe(`0 tandem-backup-people-dump: dumping to /var/backups/tandem/people-dump-TIME.ldif.gz
tandem-backup-people-dump: 5 entries
tandem-backup-people-dump: dumped
600 root
`);
  },
  300_000,
);
