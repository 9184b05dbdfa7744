import type { DirectoryFault } from '../../../lib/predict/replication/directory-fault';
import { directoryOutcome, type DirectoryOutcome } from '../../../lib/predict/replication/directory-outcome';
import { GUARD_WINDOW } from '../../../lib/predict/replication/guard-window';
import { outcomeTable } from '../../../lib/predict/replication/outcome-table';
import { updatePause } from '../../../lib/predict/replication/update-pause';
import { isHonest } from '../../../lib/predict/interval';
import type { Deployment } from '../../../lib/index';
import { cascade, failoverWithShadow, fourSuppliers, threeSuppliers } from '../../support/open-ldap-directories';

function outcome(
  deployment: Deployment,
  kind: DirectoryFault['kind'],
  ...servers: readonly string[]
): DirectoryOutcome {
  const topology = deployment.topology();
  const ids = topology.directoryServers.filter(({ name }) => servers.includes(name)).map(({ id }) => id);
  return directoryOutcome(topology, topology.directories[0]!.id, { kind, servers: ids });
}

/** One word for each server: writes, reads where they are not answered, and whom it hears. */
const told = ({ servers }: DirectoryOutcome): Readonly<Record<string, string>> =>
  Object.fromEntries(
    servers.map(({ name, reads, writes, hears }) => [
      name,
      [writes, ...(reads === 'answers' || reads === 'gone' ? [] : [`reads ${reads}`]), ...hears].join(' '),
    ]),
  );

test('a mesh without two suppliers: the others hear each other and no conflict is possible', () => {
  const found = outcome(fourSuppliers('mesh'), 'servers-lost', 'one', 'three');
  expect(told(found)).toEqual({ one: 'gone', two: 'takes four', three: 'gone', four: 'takes two' });
  expect(found).toMatchObject({ conflicts: 'never', stranded: true });
});

test('a ring without two that split it: the others take writes and do not hear each other (R14, E34)', () => {
  const found = outcome(fourSuppliers('ring'), 'servers-lost', 'one', 'three');
  expect(told(found)).toEqual({ one: 'gone', two: 'takes', three: 'gone', four: 'takes' });
  expect(found.conflicts).toBe('while-apart');
});

test('a ring without two neighbours: the others hear each other, and with all of them each hears all (R13)', () => {
  expect(told(outcome(fourSuppliers('ring'), 'servers-lost', 'one', 'two'))).toMatchObject({
    ...{ three: 'takes four', four: 'takes three' },
  });
  expect(told(outcome(fourSuppliers('ring'), 'servers-lost'))).toMatchObject({ one: 'takes four three two' });
});

test('a cut with policy available: both sides take writes, and conflict while they are apart (Q15, Q16)', () => {
  const found = outcome(threeSuppliers({ partitionPolicy: 'available' }), 'cut-off', 'three');
  expect(told(found)).toEqual({ one: 'takes two', two: 'takes one', three: 'takes' });
  expect(found).toMatchObject({ conflicts: 'while-apart', stranded: false });
  expect(found).not.toHaveProperty('window');
});

test('a cut with policy quorum: the minority stops after a while that can be said, and conflicts until then (Q12, Q14)', () => {
  const found = outcome(threeSuppliers({ partitionPolicy: 'quorum' }), 'cut-off', 'three');
  expect(told(found)).toEqual({ one: 'takes two', two: 'takes one', three: 'stops' });
  expect(found).toMatchObject({ conflicts: 'in-window', window: GUARD_WINDOW });
  expect(isHonest(GUARD_WINDOW)).toBe(true);
});

test('a minority that may not answer with old data stops to answer (E30)', () => {
  const group = threeSuppliers({ partitionPolicy: 'quorum', minorityReads: 'refuse' });
  expect(told(outcome(group, 'cut-off', 'three'))).toMatchObject({ three: 'stops reads stops' });
});

test('one of three is no quorum, and has nobody to conflict with (Q11, Q13)', () => {
  const found = outcome(threeSuppliers({ partitionPolicy: 'quorum' }), 'servers-lost', 'one', 'two');
  expect(told(found)).toEqual({ one: 'gone', two: 'gone', three: 'stops' });
  expect(found.conflicts).toBe('never');
});

test('without its hub what is behind it hears nobody, and nobody else is concerned (R18)', () => {
  expect(told(outcome(cascade(), 'servers-lost', 'hub'))).toEqual({
    ...{ one: 'takes', two: 'refuses one', hub: 'gone' },
    ...{ below: 'refers', moved: 'refers', beside: 'refers one' },
  });
});

test('nobody becomes master by himself, and a master that is cut off stays one (F16)', () => {
  expect(told(outcome(failoverWithShadow(), 'servers-lost', 'one'))).toEqual({
    ...{ one: 'gone', two: 'refuses', three: 'refuses', four: 'refers' },
  });
  const cut = outcome(failoverWithShadow(), 'cut-off', 'one', 'four');
  expect(told(cut)).toEqual({ one: 'takes', two: 'refuses', three: 'refuses', four: 'refers one' });
  expect(cut.conflicts).toBe('never');
});

test('the table says until when a minority takes writes, and what is reversed', () => {
  const deployment = threeSuppliers({ partitionPolicy: 'quorum' });
  const topology = deployment.topology();
  const table = outcomeTable(topology, topology.directories[0]!.id, outcome(deployment, 'cut-off', 'three'));
  expect(table.title).toBe('Directory people while three can not be reached by the others');
  expect(table.rows).toContainEqual(['three', 'answers', 'takes until 1 s to 6 s after the fault', 'nobody']);
  expect(table.note).toContain('the other one is reversed');
});

test('only an agreement with an interval and nothing in between has pauses', () => {
  const periodic = { when: 'periodic', initiator: 'consumer', windowSize: 1000, updateInterval: 10_000 } as const;
  expect(updatePause({ ...periodic, otherTimes: false })).toEqual({ lower: 9_000, upper: 12_000 });
  expect(updatePause({ ...periodic, otherTimes: true })).toBeUndefined();
  expect(updatePause({ when: 'on-change', initiator: 'supplier' })).toBeUndefined();
});
