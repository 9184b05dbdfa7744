import { isHonest, middle } from '../../../lib/predict/interval';
import { directoryOutcome } from '../../../lib/predict/replication/directory-outcome';
import { outcomeTable } from '../../../lib/predict/replication/outcome-table';
import { powerCutOutcome, type PowerCutOutcome } from '../../../lib/predict/replication/power-cut';
import { calibrateReturn, defaultReturnTimes, returnTimeline } from '../../../lib/predict/replication/server-return';
import { MultiMasterGroup, ds389, type Deployment, type DirectoryServer } from '../../../lib/index';
import type { Topology } from '../../../lib/topology/topology';
import type { EntityId } from '../../../lib/topology/units';
import { DirectoryWorkshop, failoverWithShadow, threeSuppliers } from '../../support/open-ldap-directories';

const failover = failoverWithShadow().topology();
const idOf = (topology: Topology, name: string): EntityId =>
  topology.directoryServers.find((one) => one.name === name)!.id;
const cut = (topology: Topology, name: string, without = 10_000, times = defaultReturnTimes): PowerCutOutcome =>
  powerCutOutcome(topology, topology.directories[0]!.id, idOf(topology, name), without, times);
const readsAt = ({ reads }: PowerCutOutcome, name: string): PowerCutOutcome['reads'][number] | undefined =>
  reads.find((one) => one.name === name);
const statesOf = ({ reads, writes }: PowerCutOutcome): Readonly<Record<string, string>> =>
  Object.fromEntries([...reads.map(({ name, state }) => [name, state]), ['writes', writes.state]]);

test('a mirror that loses power is missed by those alone that read there', () => {
  expect(statesOf(cut(failover, 'two'))).toEqual({
    ...{ one: 'works', two: 'interrupted', three: 'works', four: 'works' },
    writes: 'works',
  });
});

test('a master that loses power is waited for by those that write, since nobody becomes master by himself (F16, Q4)', () => {
  const found = cut(failover, 'one');
  expect(statesOf(found)).toMatchObject({ one: 'interrupted', two: 'works', writes: 'interrupted' });
  expect(found.writes.timeline).toBeDefined();
  expect(found.writes.timeline).toEqual(readsAt(found, 'one')?.timeline);
});

test('of several suppliers another one takes the writes, unless the others are no majority (Q4, Q12, E30)', () => {
  expect(statesOf(cut(threeSuppliers({ partitionPolicy: 'quorum' }).topology(), 'one')).writes).toBe('works');
  const two = twoSuppliers().topology();
  expect(statesOf(cut(two, 'one'))).toEqual({ one: 'interrupted', two: 'interrupted', writes: 'interrupted' });
});

test('an outage is the time without power, a boot of 0.75 to 1.5 times what is declared, a start and an opening', () => {
  // 60 s declared; slapd 0.5 to 1 s, opening 1 to 2 s, a client that tries again within 3 s.
  expect(readsAt(cut(failover, 'two', 10_000), 'two')?.timeline).toMatchObject({
    total: { lower: 10_000 + 45_000 + 500 + 1_000, upper: 10_000 + 90_000 + 1_000 + 2_000 + 3_000 },
    sooner: 0,
  });
});

test('a return that was measured is the middle of what is predicted from then on, honestly, also of another server', () => {
  const measured = [{ server: idOf(failover, 'two'), took: 30_000 }];
  const times = calibrateReturn(failover, measured);
  const { total } = returnTimeline(failover, idOf(failover, 'one'), times)!;
  expect(middle(total)).toBeCloseTo(30_000, -1);
  for (const without of [0, 15_000, 3_600_000]) {
    const outage = cut(failover, 'one', without, times).writes.timeline!.total;
    expect(isHonest(outage)).toBe(true);
    expect(outage.lower).toBe(without + total.lower);
  }
  expect(isHonest(returnTimeline(failover, idOf(failover, 'one'))!.total)).toBe(true);
});

test('of several returns the mean counts, whatever the times before were', () => {
  const [server, other] = [idOf(failover, 'two'), idOf(failover, 'three')];
  const twice = calibrateReturn(failover, [
    { server, took: 20_000 },
    { server: other, took: 40_000 },
  ]);
  expect(middle(returnTimeline(failover, server, twice)!.total)).toBeCloseTo(30_000, -1);
  const again = calibrateReturn(failover, [{ server, took: 50_000 }], twice);
  expect(middle(returnTimeline(failover, server, again)!.total)).toBeCloseTo(50_000, -1);
});

test.each([
  ['nothing was measured', [], /no return of a server was measured/],
  ['it took no longer than a retry', [{ server: idOf(failover, 'two'), took: 1_500 }], /\(1500 ms\) must be longer/],
] as const)('times can not be told when %s', (_, measured, text) => {
  expect(() => calibrateReturn(failover, measured)).toThrow(RangeError);
  expect(() => calibrateReturn(failover, measured)).toThrow(text);
});

test('of 389 Directory Server it is told who waits, and not for how long', () => {
  const workshop = new DirectoryWorkshop('ds389');
  const suppliers = ['one', 'two'].map((name) => workshop.server(name, { engine: ds389() }));
  const topology = grouped(workshop, suppliers).topology();
  const first = readsAt(cut(topology, 'one'), 'one');
  expect(first).toMatchObject({ state: 'interrupted' });
  expect(first).not.toHaveProperty('timeline');
  expect(() => calibrateReturn(topology, [{ server: idOf(topology, 'one'), took: 30_000 }])).toThrow(/no return of/);
});

test('the table says when one lost server answers again, and nothing of several, which wait for each other', () => {
  const directory = failover.directories[0]!.id;
  const note = (...names: readonly string[]): string => {
    const servers = names.map((name) => idOf(failover, name));
    return outcomeTable(failover, directory, directoryOutcome(failover, directory, { kind: 'servers-lost', servers }))
      .note;
  };
  expect(note('one')).toContain('one answers 46-96 s after it has power again.');
  expect(note('one', 'two')).not.toContain('has power again');
});

function twoSuppliers(): Deployment {
  const workshop = new DirectoryWorkshop('two-suppliers');
  return grouped(workshop, workshop.servers('one', 'two'));
}

/** Two suppliers that both have to be there for a write, and for an answer. */
function grouped(workshop: DirectoryWorkshop, suppliers: readonly DirectoryServer[]): Deployment {
  const people = workshop.directory('people', { schemaOwner: suppliers[0]! });
  new MultiMasterGroup(people, 'suppliers', { suppliers, partitionPolicy: 'quorum', minorityReads: 'refuse' });
  return workshop.deployment;
}
