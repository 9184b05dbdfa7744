import { gateFiles } from '../../../lib/render/directory-server/gate-files';
import type { Topology } from '../../../lib/topology/topology';
import { failoverWithShadow, fourSuppliers } from '../../support/open-ldap-directories';

const failover = failoverWithShadow().topology();

function content(topology: Topology, name: string, path: string): string {
  const server = topology.directoryServers.find((one) => one.name === name);
  const file = server && gateFiles(topology, server).find((one) => one.path === path);
  if (!file) throw new Error(`${name} gets no ${path}`);
  return file.content;
}

test('the gate knows the members, the declared master, and what the minority of a quorum does', () => {
  const gate = (topology: Topology, name: string): string | undefined =>
    /^directories='(.*)'$/m.exec(content(topology, name, '/usr/local/sbin/tandem-directory-gate'))?.[1];
  const member = (name: string, id: number): string => `ldaps://${name}-host|olcDatabase={3}mdb,cn=config|${id}|member`;
  expect(gate(failover, 'four')).toBe(
    `people olcDatabase={2}mdb,cn=config - follower ldaps://four-host 4 ldaps://one-host - ${member('one', 1)} ${member('three', 3)} ${member('two', 2)}`,
  );
  const mesh = fourSuppliers('mesh').topology();
  const quorum: Topology = {
    ...mesh,
    multiMasterGroups: mesh.multiMasterGroups.map((one) => ({
      ...one,
      partitionPolicy: 'quorum',
      minorityReads: 'refuse',
    })),
  };
  expect(gate(mesh, 'two')).toContain(' supplier ldaps://two-host 2 - - ');
  expect(gate(quorum, 'two')).toContain(' supplier ldaps://two-host 2 - refuse ');
});

test('the gate runs while slapd runs, and a guard closes the directory when it ends', () => {
  const unit = (topology: Topology): string =>
    content(topology, 'two', '/etc/systemd/system/tandem-directory-gate.service');
  expect(unit(failover)).toContain('BindsTo=slapd.service\nAfter=slapd.service\n');
  expect(unit(failover)).not.toContain('ExecStopPost');
  const mesh = fourSuppliers('mesh').topology();
  const multiMasterGroups = mesh.multiMasterGroups.map((one) => ({ ...one, partitionPolicy: 'quorum' as const }));
  expect(unit({ ...mesh, multiMasterGroups })).toContain('ExecStopPost=/usr/local/sbin/tandem-directory-gate close\n');
});
