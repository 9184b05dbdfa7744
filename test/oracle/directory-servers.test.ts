import { renderHost } from '../../lib/render/render';
import type { Topology } from '../../lib/topology/topology';
import {
  cascadeWithParts,
  failoverWithShadow,
  fourSuppliers,
  severalDirectories,
} from '../support/open-ldap-directories';
import { type NamedLdif, slapaddComplaints } from './slapadd';
import { oracle } from './support';

function ldifsOf(topology: Topology, prefix = ''): readonly NamedLdif[] {
  return topology.hosts.flatMap(({ id, name }) =>
    renderHost(topology, id)
      .filter(({ path }) => path === '/etc/ldap/slapd.ldif')
      .map((file) => ({ name: `${prefix}${name}`, file })),
  );
}

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
