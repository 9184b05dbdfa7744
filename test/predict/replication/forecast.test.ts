import { replicationForecast } from '../../../lib/predict/replication/forecast';
import { forecastText } from '../../../lib/predict/replication/text';
import type { DirectoryLoadFacts } from '../../../lib/topology/replication';
import type { Topology } from '../../../lib/topology/topology';
import { directories } from '../../support/directories';
import { groupwarePair } from '../../support/pair';

const topology = directories();
const withLoad = (load: DirectoryLoadFacts, of: Topology = topology): Topology => ({
  ...of,
  directories: of.directories.map((one) => ({ ...one, load })),
});
const million = withLoad({ entries: 1_000_000, entrySize: 1000, dailyChange: 0.1 });
const slow = (of: Topology, speed: number): Topology => ({
  ...of,
  siteLinks: of.siteLinks.map((link) => ({ ...link, speed })),
});
const agreement = (of: Topology, id: string) => replicationForecast(of).agreements.find((one) => one.agreement === id)!;

test('an agreement on one site needs no line, one to another site the line between', () => {
  expect(agreement(million, 'phones/suppliers/x to y')).toMatchObject({
    ...{ from: 'x', to: 'y', bytesPerDay: 100_000_000, line: 'local', fit: { needed: 0, fits: true } },
  });
  expect(agreement(million, 'phones/suppliers/x to z').line).toMatchObject({ sites: ['hq', 'dr'] });
});

test('an agreement of a group is told for the member that is worst off (F18)', () => {
  expect(agreement(million, 'people/hub/from people/group')).toMatchObject({
    ...{ from: 'group', to: 'h', line: { sites: ['dr', 'hq'], speed: 100_000_000 } },
  });
});

test('what is not known is not told', () => {
  expect(agreement(topology, 'phones/suppliers/x to z')).not.toHaveProperty('bytesPerDay');
  const without = agreement({ ...million, siteLinks: [] }, 'phones/suppliers/x to z');
  expect(without.line).toBe('unknown');
  expect(without).not.toHaveProperty('fit');
});

test('an old end waits for each answer, which a fast line does not help (R24)', () => {
  const old = {
    ...million,
    directoryServers: million.directoryServers.map((one) => (one.id === 'z' ? { ...one, version: '0.9' } : one)),
  };
  expect(agreement(old, 'phones/suppliers/x to z').fit?.needed).toBe(100_000 * 20);
});

test('a line carries all agreements that go over it (R16)', () => {
  const [line] = replicationForecast(slow(million, 128_000)).lines;
  const over = replicationForecast(million).agreements.filter(({ line: way }) => typeof way === 'object');
  expect(line?.bytesPerDay).toBe(over.length * 100_000_000);
  expect(line?.busy).toBeCloseTo((over.length * 6250) / 86_400);
});

test('the groups say what they survive (Q12, Q13, E34)', () => {
  const [group, suppliers] = replicationForecast(topology).groups;
  expect(group).toMatchObject({ name: 'group', kind: 'failover', servers: 3, mayBeLost: 2 });
  expect(suppliers).toMatchObject({ kind: 'available', servers: 3, needed: 1, mayBeLost: 2, splitting: [], pairs: 3 });
  expect(suppliers?.lockedWrite).toBe(40);
  const quorum = {
    ...topology,
    multiMasterGroups: topology.multiMasterGroups.map((one) => ({ ...one, partitionPolicy: 'quorum' as const })),
  };
  expect(replicationForecast(quorum).groups[1]).toMatchObject({ kind: 'quorum', needed: 2, mayBeLost: 1 });
});

test('a ring of six names three of the pairs that part it', () => {
  const names = ['x', 'y', 'z', 'w', 'a', 'b'];
  const [like] = topology.replicationAgreements.filter(({ id }) => id === 'phones/suppliers/x to y');
  const ring = {
    ...topology,
    multiMasterGroups: topology.multiMasterGroups.map((one) => ({ ...one, suppliers: names })),
    replicationAgreements: names.flatMap((from, index) =>
      [1, 5].map((step) => ({
        ...like!,
        id: `${from} ${step}`,
        supplier: { kind: 'server' as const, server: from },
        consumer: names[(index + step) % 6]!,
      })),
    ),
  };
  expect(replicationForecast(ring).groups[1]?.splitting).toHaveLength(9);
  expect(forecastText(replicationForecast(ring))).toContain('9 of 15: x and z; x and w; x and a; …');
});

test('suppliers that feed each other one way only do not count as connected', () => {
  const oneWay = {
    ...topology,
    replicationAgreements: topology.replicationAgreements.filter(({ id }) => id !== 'phones/suppliers/x to y'),
    multiMasterGroups: topology.multiMasterGroups.map((one) => ({ ...one, suppliers: ['x', 'y', 'z', 'w'] })),
  };
  expect(replicationForecast(oneWay).groups[1]?.splitting).toContainEqual(['z', 'w']);
});

test('look-ups say how many servers they need (R35, E21)', () => {
  const reads = {
    ...{ users: 1_000_000, lookupsPerUser: 10, mails: 25_000_000, lookupsPerMail: 5 },
    ...{ window: 43_200_000, peakFactor: 1, readsPerServer: 500 },
  };
  const load = { entries: 1_500_000, entrySize: 1000, dailyChange: 0.1, reads };
  expect(replicationForecast(withLoad(load)).reads[0]).toMatchObject({ mean: 3125, needed: 8, servers: 5 });
  expect(forecastText(replicationForecast(withLoad(load)))).toMatch(/^people +3125\/s +3125\/s +8 +5, too few$/m);
});

test('the text has the tables that have rows, in at most 120 columns', () => {
  const text = forecastText(replicationForecast(slow(million, 64_000)));
  expect(text).toMatch(/^people +group +b +100 MB +line +3\.5 h +24 h +yes$/m);
  expect(text).toMatch(/^line +[0-9.]+ MB +[0-9]+ % of the day +(yes|no)$/m);
  expect(text).toMatch(/^suppliers +3 +any +2 +0 of 3 +40 ms or more$/m);
  expect(text).not.toContain('Look-ups');
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
});

test('the guarantees of one master and of several compare (F3, Q2, Q8, Q9, R10)', () => {
  const [people, phones] = replicationForecast(million).guarantees;
  expect(people).toMatchObject({ name: 'people', writers: 'failover', reversible: false, readsMayBeOld: true });
  expect(phones).toMatchObject({ name: 'phones', writers: 'several', reversible: true, readsMayBeOld: true });
  expect(forecastText(replicationForecast(million))).toMatch(
    /^phones +several at once +by a later one +may be old +in the entries +700 MB$/m,
  );
});

test('a directory on one server is read where it is written, and keeps no log of changes (R7)', () => {
  const alone = {
    ...million,
    multiMasterGroups: [],
    replicas: million.replicas.filter(({ server }) => server === 'x'),
    replicationAgreements: [],
  };
  expect(replicationForecast(alone).guarantees).toMatchObject([
    { name: 'phones', writers: 'one', reversible: false, readsMayBeOld: false, logOfChanges: 0 },
  ]);
});

test('access control is part of the entries with 389 Directory Server, and of the configuration with OpenLDAP (R39)', () => {
  const mixed: Topology = {
    ...topology,
    directoryServers: topology.directoryServers.map((one) => (one.id === 'x' ? { ...one, engine: 'openldap' } : one)),
  };
  const controls = (of: Topology) => replicationForecast(of).guarantees.map(({ accessControl }) => accessControl);
  expect([controls(topology), controls(mixed)]).toEqual([
    ['configured', 'replicated'],
    ['configured', 'both'],
  ]);
});

test('a deployment without directories has an empty forecast', () => {
  expect(replicationForecast(groupwarePair())).toEqual({
    agreements: [],
    lines: [],
    groups: [],
    reads: [],
    guarantees: [],
  });
  expect(forecastText(replicationForecast(groupwarePair()))).toBe('');
});
