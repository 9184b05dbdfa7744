import { CommanderError } from 'commander';
import { buildProgram } from '../../../lib/cli/program';
import { runbook } from '../../../lib/render/runbook/build';
import { mesh, withWindowsDomain } from '../../support/ds389-directories';
import { failoverWithShadow, threeSuppliers } from '../../support/open-ldap-directories';

const text = runbook(failoverWithShadow().topology());

/** Every command line of the runbook that is one of this package. */
const lines = [...new Set(text.split('\n').filter((line) => line.startsWith('tandem ')))];

test('the runbook has the commands of each member', () => {
  expect(lines).toEqual(
    expect.arrayContaining([
      'tandem switch openldap-failover --to two',
      'tandem switch openldap-failover --forced --to three',
      'tandem rejoin openldap-failover one',
    ]),
  );
});

test('the runbook of several suppliers says how a copy that differs is made anew, that of one master does not need it', () => {
  const several = runbook(threeSuppliers({ partitionPolicy: 'available' }).topology());
  expect(several).toContain('\ntandem refill openldap-three SERVER --from SERVER\n');
  expect(text).not.toContain('tandem refill');
});

test.each([...lines, 'tandem refill openldap-three two --from one'])('%s is a command line', async (line) => {
  const program = buildProgram(
    { out: () => undefined, err: () => undefined, directory: '/dev/null/no-folder' },
    () => undefined,
  );
  // Options are parsed before anything is read: what is wrong with them is an error of commander.
  const result: unknown = await program
    .parseAsync(line.split(' ').slice(1), { from: 'user' })
    .catch((error: unknown) => error);
  expect(result).not.toBeInstanceOf(CommanderError);
});

test('the runbook says how the others forget a supplier of 389 Directory Server', () => {
  const lines = runbook(mesh().topology()).split('\n');
  expect(lines.filter((line) => line.includes('cleanallruv'))).toEqual([
    "dsconf two repl-tasks cleanallruv --suffix 'dc=example,dc=com' --replica-id 1",
    "dsconf one repl-tasks cleanallruv --suffix 'dc=example,dc=com' --replica-id 2",
  ]);
  expect(lines).toContainEqual(expect.stringMatching(/behind one forgets .* on hub-host;/));
});

test('the runbook has the agreement with a Windows domain, without a password (R49)', () => {
  const text = runbook(withWindowsDomain().topology());
  expect(text).toContain('\n## Windows domain corp.example.com\n');
  expect(text.slice(text.indexOf('{ cat'), text.indexOf('| ldapadd'))).toBe(`{ cat <<'END'
dn: cn=corp,cn=replica,cn=dc\\3Dexample\\2Cdc\\3Dcom,cn=mapping tree,cn=config
objectClass: top
objectClass: nsDSWindowsReplicationAgreement
cn: corp
nsDS5ReplicaRoot: dc=example,dc=com
nsDS5ReplicaHost: dc1.corp.example.com
nsDS5ReplicaPort: 636
nsDS5ReplicaTransportInfo: LDAPS
nsDS5ReplicaBindMethod: SIMPLE
nsds7WindowsDomain: corp.example.com
nsds7WindowsReplicaSubtree: OU=Staff\\2C Paris,DC=corp,DC=example,DC=com
nsds7DirectoryReplicaSubtree: ou=people,dc=example,dc=com
nsds7NewWinUserSyncEnabled: on
nsds7NewWinGroupSyncEnabled: on
END
printf 'nsDS5ReplicaBindDN: %s\\nnsDS5ReplicaCredentials: %s\\n' "$account" "$password"
} `);
  expect(runbook(mesh().topology())).not.toContain('Windows');
});
