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
