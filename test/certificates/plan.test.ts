import { Testing } from 'cdktf';
import { planCertificates } from '../../lib/certificates/plan';
import { RhdsSmallSite } from '../../stacks/rhds-small-site';
import { directories } from '../support/directories';
import { balancedFailover } from '../support/open-ldap-directories';
import { twoServers } from './fixtures';

describe('the plan of certificates', () => {
  test('names each server with both identities: its own as subject, those of its groups beside (F21, F22, E27)', () => {
    expect(planCertificates(twoServers()).made).toEqual([
      {
        path: 'people/one',
        server: 'one',
        subject: 'cn=one,ou=servers,o=Example',
        dnsNames: ['one.example.com', 'one'],
        addresses: ['192.0.2.11', '2001:db8::1'],
        directoryNames: ['cn=people,ou=groups,o=Example'],
      },
      expect.objectContaining({ server: 'three', directoryNames: [] }),
      expect.objectContaining({ server: 'two', directoryNames: ['cn=people,ou=groups,o=Example'] }),
    ]);
  });

  test('has a certificate for every server of both engines, by which they authenticate (F20)', () => {
    const topology = directories();
    const engines = new Set(topology.directoryServers.map(({ engine }) => engine));
    expect(engines).toEqual(new Set(['openldap', 'ds389']));
    expect(planCertificates(topology).made.map(({ server }) => server)).toEqual(
      topology.directoryServers.map(({ name }) => name).sort(),
    );
  });

  test('leaves out a server whose user brings the certificate, and says so', () => {
    const certificate = { subject: 'cn=two', dnsNames: ['two'] };
    const { made, own } = planCertificates(twoServers({ two: { certificate } }));
    expect(made.map(({ server }) => server)).toEqual(['one', 'three']);
    expect(own).toEqual([{ server: 'two', names: { subject: 'cn=two', dnsNames: ['two'], directoryNames: [] } }]);
  });

  test('has the names of zones that stand for the server and others, by which clients find it (R29)', () => {
    const { made } = planCertificates(new RhdsSmallSite(Testing.app()).deployment.topology());
    expect(made.map(({ dnsNames }) => dnsNames)).toEqual([
      ['replica-host', 'ldap.example.com'],
      ['supplier-host', 'ldap.example.com'],
    ]);
  });

  test('takes a host name that is an address for an address', () => {
    const { made } = planCertificates(twoServers({ one: { hostname: '192.0.2.99' } }));
    expect(made[0]).toMatchObject({ dnsNames: [], addresses: ['192.0.2.11', '192.0.2.99', '2001:db8::1'] });
  });

  test.each(['ca.pem', '../one', '', 'a/b'])('fails for the name %p, which can not be that of a folder', (name) => {
    const topology = twoServers();
    const directoryServers = topology.directoryServers.map((server) => ({ ...server, name }));
    expect(() => planCertificates({ ...topology, directoryServers })).toThrow(/\[people\/.*\] certificates\/name: /);
    if (name !== 'ca.pem') expect(() => planCertificates({ ...topology, name })).toThrow('[people] certificates/name');
  });
});

test('clients find the address and the names of load balancers in the certificates of the servers behind them', () => {
  const topology = balancedFailover().topology();
  const { made } = planCertificates({
    ...topology,
    dnsZones: [
      {
        ...{ id: 'zone', path: 'zone', origin: 'example.com', contact: 'hostmaster@example.com', nameServers: [] },
        ...{ serial: 1, timeToLive: 300_000, names: [{ name: 'ldap', hosts: [], balancers: ['front'] }], mail: [] },
      },
    ],
  });
  expect(made.map(({ server, dnsNames, addresses }) => [server, dnsNames.at(-1), addresses])).toEqual([
    ['one', 'ldap.example.com', ['192.0.2.100', '192.0.2.11']],
    ['three', 'ldap.example.com', ['192.0.2.100', '192.0.2.13']],
    ['two', 'ldap.example.com', ['192.0.2.100', '192.0.2.12']],
  ]);
});
