import { lookup } from '../../../lib/topology/lookup';
import { groupwarePair } from '../../support/pair';
import { baseEntry, numberedEntry, organizationalUnit } from './ldap';
import { numbersOf, subject } from './operations';
import { planClients, writes } from './plan';

const topology = groupwarePair();
const group = topology.clusters[0]?.groups[0];
if (!group) throw new Error('the pair has no group');
const plan = planClients(topology, [group]);

test('every service that answers clients has one, and the address too', () => {
  const services = lookup(topology)
    .servicesOf(group)
    .map(({ name }) => name);
  const names = plan.clients.map(({ name }) => name);
  expect(names[0]).toBe('address');
  expect([...names.slice(1)].sort()).toEqual(services.filter((name) => name !== 'saslauthd').sort());
  expect(plan.clients.filter(writes).map(({ kind }) => kind)).toEqual(['ldap', 'sql', 'smtp']);
});

test('a plan names a secret and holds none', () => {
  const ldap = plan.clients.find(({ kind }) => kind === 'ldap');
  expect(ldap).toMatchObject({
    suffix: 'dc=example,dc=com',
    secret: expect.stringMatching(/_administrator$/) as string,
  });
  expect(topology.secrets.map(({ name }) => name)).toContain(ldap?.kind === 'ldap' ? ldap.secret : undefined);
});

test('fails on a group that no client can follow', () => {
  const members = group.members.filter(({ kind }) => kind !== 'address');
  expect(() => planClients(topology, [{ ...group, members }])).toThrow(/has no virtual address/);
});

test('the first entry of a directory has the class of its name', () => {
  expect(baseEntry('dc=example,dc=com')).toBe('dn: dc=example,dc=com\nobjectClass: domain\ndc: example\n');
  expect(baseEntry('o=Example')).toBe('dn: o=Example\nobjectClass: organization\no: Example\n');
  expect(() => baseEntry('cn=example')).toThrow(/'cn=example' is neither/);
});

test('entries of a run lie below an entry of their own', () => {
  const facts = plan.clients.find((client) => client.kind === 'ldap');
  if (facts?.kind !== 'ldap') throw new Error('no directory');
  expect(numberedEntry(facts, 'run-1', 7)).toMatch(/^dn: cn=7,ou=run-1,ou=tandem-drills,dc=example,dc=com\n/);
  expect(organizationalUnit('ou=run-1,dc=com')).toBe(
    'dn: ou=run-1,dc=com\nobjectClass: organizationalUnit\nou: run-1\n',
  );
});

test('subjects tell the numbers of one run from those of another', () => {
  expect(numbersOf('run-1', [subject('run-1', 3), subject('run-10', 4), 'hello', subject('run-1', 3)])).toEqual([3, 3]);
});
