import { worksheets } from '../../../lib/render/worksheet/build';
import type { ReplicationAgreementFacts } from '../../../lib/topology/replication';
import type { Topology } from '../../../lib/topology/topology';
import { directories } from '../../support/directories';
import { groupwarePair } from '../../support/pair';
import { expectGolden } from './golden';

const topology = directories();
const people = (of: Topology): string => worksheets(of).get('worksheets/people.md') ?? '';
const phones = (of: Topology): string => worksheets(of).get('worksheets/phones.md') ?? '';
const withAgreement = (id: string, change: Partial<ReplicationAgreementFacts>): Topology => ({
  ...topology,
  replicationAgreements: topology.replicationAgreements.map((one) => (one.id === id ? { ...one, ...change } : one)),
});

/** The part of a worksheet below a heading. */
function part(text: string, title: RegExp): string {
  const found = text.split(/^## /m).filter((section) => title.test(section));
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

test.each([...worksheets(topology)])('%s is the one that was read and approved', (name, text) => {
  expectGolden(text, name);
});

test('there is one for each directory, and none without', () => {
  expect([...worksheets(topology).keys()]).toEqual(['worksheets/people.md', 'worksheets/phones.md']);
  expect(worksheets(groupwarePair()).size).toBe(0);
});

test('certificates hold server and group, one as SubjectName and one as SubjectAltName (F21, E27)', () => {
  expect(people(topology)).toContain('| a | cn=a | cn=people-group | a-host | to be made |');
  const own = {
    ...topology,
    directoryServers: topology.directoryServers.map((one) =>
      one.id === 'a'
        ? { ...one, certificate: { subject: 'cn=people-group', directoryNames: ['cn=a'], dnsNames: ['a-host'] } }
        : one,
    ),
  };
  expect(people(own)).toContain('| a | cn=people-group | cn=a | a-host | the user |');
});

test('a shadow outside knows the group, a mirror knows the server (F12, F22)', () => {
  const outside = part(people(topology), /^Agreement \d+: cn=people-group to cn=h/);
  expect(outside).toContain('| supplier (role A), name | cn=people-group |');
  const inside = part(people(topology), /^Agreement \d+: cn=a to cn=b/);
  expect(inside).toContain('| knowledge | both: a mirror is an exact copy (F9) |');
  expect(inside).toContain('| area: more | the whole cn=config tree (F9) |');
  expect(outside).not.toContain('cn=config');
});

test('a secondary shadow names the master, and what it does not get (F19, R21)', () => {
  const shadow = part(people(topology), /^Agreement \d+: cn=h to cn=s/);
  expect(shadow).toContain('| master, which the supplier is not | cn=people-group |');
  expect(shadow).toContain('| attributes | all but audio, jpegPhoto |');
});

test('fields say what was given', () => {
  const id = 'people/shadow/from h';
  const text = people(
    withAgreement(id, {
      area: { base: 'ou=hq,dc=example,dc=com', exclusions: ['ou=x'], filter: '(uid=*)' },
      attributes: { kind: 'include', attributes: ['cn'] },
      knowledge: { kind: 'master', extended: true },
      contextSelection: ['2.5.31.0'],
      updateMode: {
        ...{ initiator: 'supplier', when: 'windows' },
        windows: [
          { weekdays: [1, 2], from: 65, to: 1440 },
          { weekdays: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 60 },
        ],
      },
      validUntil: '2027-01-01T00:00:00Z',
      authentication: 'name-only',
    }),
  );
  const shadow = part(text, /^Agreement \d+: cn=h to cn=s/);
  for (const row of [
    'area: base below it | ou=hq,dc=example,dc=com',
    'area: chopped off | ou=x',
    'area: filter | (uid=\\*)',
    'attributes | only cn',
    'knowledge | master, extended',
    'contexts | 2.5.31.0',
    'update mode | by the supplier, scheduled: Monday, Tuesday 01:05 to 24:00; every day 00:00 to 01:00; at no other times',
    'valid | from now until 2027-01-01T00:00:00Z',
    'authentication | name only',
  ])
    expect(shadow).toContain(`| ${row} |`);
  const periodic = withAgreement(id, {
    updateMode: {
      ...{ initiator: 'consumer', when: 'periodic' },
      ...{ updateInterval: 3_600_000, windowSize: 60_000, otherTimes: false },
    },
  });
  expect(people(periodic)).toContain('by the consumer, scheduled: every 1 h for 1 min; other times not');
});

test('masters have no agreements between them, and a quorum says who must be there (F4, Q12)', () => {
  expect(phones(topology)).not.toMatch(/^## Agreement \d+: cn=x to cn=y/m);
  expect(phones(topology)).toMatch(/^## Agreement \d+: cn=x to cn=w/m);
  const quorum = {
    ...topology,
    multiMasterGroups: topology.multiMasterGroups.map((one) => ({ ...one, partitionPolicy: 'quorum' as const })),
  };
  expect(phones(quorum)).toContain('| quorum (Q12) | 2 of 3 |');
});

test('a member on its way out is nobody to switch to (F27)', () => {
  const retiring = {
    ...topology,
    replicas: topology.replicas.map((one) => (one.server === 'b' ? { ...one, retiring: true } : one)),
  };
  expect(people(retiring)).toContain('select the new master: one of c.');
  expect(people(retiring)).toContain('| on the way out, nobody is switched to it | b |');
});

test('text of users is no markup, and no keyword of a product stands there', () => {
  const nasty = people({ ...topology, name: 'a | <b>' });
  expect(nasty).toContain('of a \\| &lt;b&gt;');
  for (const text of worksheets(topology).values()) {
    expect(text).not.toMatch(/isode|objectClass|nsds|olc[A-Z]/i);
    expect(text).not.toMatch(/undefined|\[object/);
  }
});
