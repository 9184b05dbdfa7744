import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Testing } from 'cdktf';
import 'tandem-ha/testing';
import { hubAgreements, meshAgreements, ringAgreements } from '../../lib/predict/replication/agreements';
import { replicationForecast, type AgreementForecast } from '../../lib/predict/replication/forecast';
import { bytesText } from '../../lib/predict/replication/table';
import { forecastText } from '../../lib/predict/replication/text';
import { stopAndWaitRate } from '../../lib/predict/replication/update-time';
import { changesPerDay, localReplica, volumePerDay } from '../../lib/predict/replication/volume';
import { renderHost } from '../../lib/render/render';
import { lookup } from '../../lib/topology/lookup';
import { lookupsPerDay, meanReads, serversNeeded, workingWindow } from '../../lib/topology/read-load';
import type { ReadLoadFacts, ReplicaRole } from '../../lib/topology/replication';
import { replicationGraph } from '../../lib/topology/replication-graph';
import type { Topology } from '../../lib/topology/topology';
import { RhdsCascading } from '../../stacks/rhds-cascading';
import { RhdsFourWayMesh } from '../../stacks/rhds-four-way-mesh';
import { RhdsFourWayRing } from '../../stacks/rhds-four-way-ring';
import { RhdsLargeSite } from '../../stacks/rhds-large-site';
import { RhdsMillionUsers } from '../../stacks/rhds-million-users';
import { RhdsMixed } from '../../stacks/rhds-mixed';
import { RhdsMultiMaster } from '../../stacks/rhds-multi-master';
import { RhdsSingleMaster } from '../../stacks/rhds-single-master';
import { RhdsSmallSite } from '../../stacks/rhds-small-site';
import { RhdsTwoOffices } from '../../stacks/rhds-two-offices';
import { expectGoldenText } from '../support/golden-text';

const HOUR = 3_600_000;

/** Each with the number of its agreements. */
const scenarios = [
  ['rhds-single-master', RhdsSingleMaster, 2],
  ['rhds-multi-master', RhdsMultiMaster, meshAgreements(2) + 2 * 2],
  ['rhds-four-way-mesh', RhdsFourWayMesh, 12],
  ['rhds-four-way-ring', RhdsFourWayRing, 8],
  ['rhds-cascading', RhdsCascading, 2],
  ['rhds-mixed', RhdsMixed, meshAgreements(2) + hubAgreements(2, 2, 2)],
  ['rhds-two-offices', RhdsTwoOffices, 6],
  ['rhds-small-site', RhdsSmallSite, 1],
  ['rhds-large-site', RhdsLargeSite, meshAgreements(2) + 2 + 1],
  ['rhds-million-users', RhdsMillionUsers, meshAgreements(2) + 4 * 2 + 4 * 4],
] as const;

const topologyOf = (Scenario: (typeof scenarios)[number][1]): Topology =>
  new Scenario(Testing.app()).deployment.topology();

const rolesOf = (topology: Topology, directory = topology.directories[0]?.id): Readonly<Record<string, ReplicaRole>> =>
  Object.fromEntries(
    topology.replicas.filter((one) => one.directory === directory).map(({ server, role }) => [server, role]),
  );

const forecastOf = (topology: Topology, from: string, to: string): AgreementForecast => {
  const found = replicationForecast(topology).agreements.find((one) => one.from === from && one.to === to);
  if (!found) throw new Error(`nothing goes from ${from} to ${to}`);
  return found;
};

describe.each(scenarios)('%s', (name, Scenario, agreements) => {
  const topology = topologyOf(Scenario);

  test('has no finding that counts', () => {
    expect(topology).toHaveNoFindings();
  });

  test(`has ${agreements} agreements, all on 389 Directory Server`, () => {
    expect(topology.replicationAgreements).toHaveLength(agreements);
    expect(new Set(topology.directoryServers.map(({ engine }) => engine))).toEqual(new Set(['ds389']));
  });

  test('has every directory on two hosts or more, and a backup of it, since replication is none (R25, R27)', () => {
    const graph = replicationGraph(topology);
    for (const { id } of topology.directories) {
      const hosts = graph.replicasOf(id).map(({ server }) => graph.server(server).host);
      expect(new Set(hosts).size).toBeGreaterThanOrEqual(2);
      expect(new Set(hosts).size).toBe(hosts.length);
      expect(topology.directoryBackups.filter(({ directory }) => directory === id)).toHaveLength(1);
    }
  });

  test('is predicted as it was read and approved', () => {
    expectGoldenText(forecastText(replicationForecast(topology)), path.join(__dirname, 'golden', `${name}.txt`));
  });

  test('has files for each of its hosts', () => {
    for (const { id } of topology.hosts)
      expect(renderHost(topology, id).map((file) => file.path)).toContain('/etc/hosts');
  });
});

test.each([
  ['rhds-four-way-mesh', 30],
  ['rhds-four-way-ring', 40],
])('%s is written in at most %i lines', (name, most) => {
  const source = readFileSync(path.resolve(__dirname, `../../stacks/${name}.ts`), 'utf8');
  expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(most);
});

describe('one supplier (figure 6-1)', () => {
  const topology = topologyOf(RhdsSingleMaster);

  test('feeds two consumers, which refer writes to it (R3, R4)', () => {
    expect(rolesOf(topology)).toEqual({ a: 'supplier', b: 'consumer', c: 'consumer' });
    expect(topology.replicas.flatMap(({ updates }) => updates ?? [])).toEqual(['refer', 'refer']);
  });

  test('may not be lost where clients write: for that several are needed (R28)', () => {
    expect(replicationForecast(topology).groups).toMatchObject([{ servers: 1, mayBeLost: 0 }]);
    const wanted = { ...topology, directories: topology.directories.map((one) => ({ ...one, writeFailover: true })) };
    expect(wanted).toHaveFinding('directory/write-failover');
  });
});

describe('two suppliers (figures 6-2 and 6-5)', () => {
  const topology = topologyOf(RhdsMultiMaster);

  test('feed each other by an agreement for each direction (R8)', () => {
    const between = topology.replicationAgreements.filter(({ consumer }) => consumer === 'a' || consumer === 'b');
    expect(between.map(({ id }) => id)).toEqual(['people/suppliers/a to b', 'people/suppliers/b to a']);
  });

  test('both feed each consumer', () => {
    const feeders = (to: string): readonly string[] =>
      topology.replicationAgreements
        .filter(({ consumer }) => consumer === to)
        .map(({ supplier }) => (supplier.kind === 'server' ? supplier.server : supplier.group));
    expect([feeders('c'), feeders('d')]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  test('take writes although one of them is lost (R28)', () => {
    expect(replicationForecast(topology).groups).toMatchObject([{ kind: 'available', needed: 1, mayBeLost: 1 }]);
  });
});

describe('four suppliers (figures 6-3 and 6-4)', () => {
  const shapes = [topologyOf(RhdsFourWayMesh), topologyOf(RhdsFourWayRing)] as const;

  test('have 12 agreements in a mesh and 8 in a ring (R13)', () => {
    expect([meshAgreements(4), ringAgreements(4)]).toEqual([12, 8]);
    expect(shapes.map(({ replicationAgreements }) => replicationAgreements.length)).toEqual([12, 8]);
  });

  test('feed three others each in a mesh and two in a ring (R14)', () => {
    const fanOut = (topology: Topology): readonly number[] =>
      topology.directoryServers.map(
        ({ id }) =>
          topology.replicationAgreements.filter(({ supplier }) => supplier.kind === 'server' && supplier.server === id)
            .length,
      );
    expect(shapes.map(fanOut)).toEqual([
      [3, 3, 3, 3],
      [2, 2, 2, 2],
    ]);
  });

  test('are parted by the loss of two in no case of a mesh, and in 2 of 6 of a ring (R14, E34)', () => {
    expect(shapes.map((topology) => replicationForecast(topology).groups[0])).toMatchObject([
      { splitting: [], pairs: 6 },
      {
        splitting: [
          ['supplier1', 'supplier3'],
          ['supplier2', 'supplier4'],
        ],
        pairs: 6,
      },
    ]);
  });

  test('a ring is accepted with a reason', () => {
    expect(shapes[1]).toHaveFinding('replication/ring', { acknowledged: true });
  });

  test('are as many as versions of the time of the document know; a fifth one needs a newer version (R15)', () => {
    const of = (version: string, more: readonly string[]): Topology => ({
      ...shapes[0],
      directoryServers: shapes[0].directoryServers.map((one) => ({ ...one, version })),
      multiMasterGroups: shapes[0].multiMasterGroups.map((one) => ({ ...one, suppliers: [...one.suppliers, ...more] })),
    });
    expect(of('1.2', [])).not.toHaveFinding('replication/supplier-limit');
    expect(of('1.2', ['supplier1'])).toHaveFinding('replication/supplier-limit', {
      message: /knows 4 suppliers.*\(5\)/,
    });
    expect(of('2.3', ['supplier1'])).not.toHaveFinding('replication/supplier-limit');
  });
});

describe('Minneapolis, Saint Cloud and Duluth (figures 6-6 and 6-7)', () => {
  const topology = topologyOf(RhdsCascading);

  test('the route follows from the lines: Saint Cloud is a hub and feeds Duluth (R17)', () => {
    expect(rolesOf(topology)).toEqual({
      'minneapolis-ldap': 'supplier',
      'saint-cloud-ldap': 'hub',
      'duluth-ldap': 'consumer',
    });
    expect(topology.replicationAgreements.map(({ supplier, consumer }) => [supplier, consumer])).toEqual([
      [{ kind: 'server', server: 'saint-cloud-ldap' }, 'duluth-ldap'],
      [{ kind: 'server', server: 'minneapolis-ldap' }, 'saint-cloud-ldap'],
    ]);
  });

  test('updates of a day take minutes over the fair line and hours over the poor one', () => {
    const { fit } = forecastOf(topology, 'saint-cloud-ldap', 'duluth-ldap');
    expect(fit).toMatchObject({ needed: 800_000, fits: true });
    const straight: Topology = {
      ...topology,
      siteLinks: topology.siteLinks.filter(({ name }) => name === 'poor'),
      replicationAgreements: topology.replicationAgreements.map((one) => ({
        ...one,
        supplier: { kind: 'server', server: 'minneapolis-ldap' },
      })),
    };
    const poor = replicationForecast(straight).agreements.find(({ to }) => to === 'duluth-ldap');
    expect((poor?.fit?.needed ?? 0) / HOUR).toBeCloseTo(3.5, 1);
  });

  test('the hub refers writes to the supplier (R18)', () => {
    expect(topology.replicas.find(({ role }) => role === 'hub')?.updates).toBe('refer');
    expect(
      replicationGraph(topology)
        .writersAtFirst('people')
        .map(({ name }) => name),
    ).toEqual(['minneapolis-ldap']);
  });
});

test('multi-master and cascading replication go together (figure 6-8, R12)', () => {
  const topology = topologyOf(RhdsMixed);
  expect(Object.values(rolesOf(topology)).sort()).toEqual([
    ...['consumer', 'consumer', 'hub', 'hub'],
    ...['supplier', 'supplier'],
  ]);
  expect(hubAgreements(2, 2, 2)).toBe(8);
});

describe('New York and Los Angeles (R33)', () => {
  const topology = topologyOf(RhdsTwoOffices);

  test('each office manages its subtree, and its supplier passes on that of the other office', () => {
    expect(topology.directories.map(({ suffix }) => suffix)).toEqual([
      'ou=los-angeles,dc=example,dc=com',
      'ou=new-york,dc=example,dc=com',
    ]);
    expect(rolesOf(topology, 'people-of-new-york')).toEqual({
      'new-york-supplier': 'supplier',
      'new-york-replica': 'consumer',
      'los-angeles-supplier': 'hub',
      'los-angeles-replica': 'consumer',
    });
    expect(rolesOf(topology, 'people-of-los-angeles')).toMatchObject({
      'los-angeles-supplier': 'supplier',
      'new-york-supplier': 'hub',
    });
  });

  test('the dial-up line carries one agreement for each direction, at night (R32)', () => {
    const over = replicationForecast(topology).agreements.filter(({ line }) => typeof line === 'object');
    expect(over.map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'los-angeles-supplier > new-york-supplier',
      'new-york-supplier > los-angeles-supplier',
    ]);
    expect(over.every(({ fit }) => fit?.fits === true && fit.available === 5 * HOUR)).toBe(true);
  });
});

describe('a small site (R37)', () => {
  const topology = topologyOf(RhdsSmallSite);

  test('has a fast network of 100 Mbit/s, and one replica for the time in which the supplier is off (E23)', () => {
    expect(new Set(topology.networks.map(({ speed }) => speed))).toEqual(new Set([100_000_000]));
    expect(rolesOf(topology)).toEqual({ supplier: 'supplier', replica: 'consumer' });
  });

  test('is carried by one server, and has one to spare', () => {
    const [reads] = replicationForecast(topology).reads;
    expect(reads).toMatchObject({ needed: 2, servers: 2 });
    expect(reads?.peak).toBeLessThan(500);
  });

  test('has one name for both servers (R29)', () => {
    const zone = renderHost(topology, 'building/ns1').find(({ path: file }) => file === '/etc/bind/db.example.com');
    expect(zone?.content.match(/^ldap IN A .*$/gm)).toEqual(['ldap IN A 192.0.2.11', 'ldap IN A 192.0.2.12']);
  });
});

describe('a large site (R38)', () => {
  const topology = topologyOf(RhdsLargeSite);

  test('has its suppliers where the owners of the data are, and a replica in each building', () => {
    expect(rolesOf(topology)).toEqual({ a1: 'supplier', a2: 'supplier', b1: 'hub', b2: 'consumer' });
    const site = (server: string): string => lookup(topology).host(replicationGraph(topology).server(server).host).site;
    expect(['a1', 'a2', 'b1', 'b2'].map(site)).toEqual(['building-a', 'building-a', 'building-b', 'building-b']);
  });

  test('sends 100 MB a day over ISDN in 1.7 h of a window of six, outside of business hours (R31, R32)', () => {
    const forecast = forecastOf(topology, 'a1', 'b1');
    expect(bytesText(forecast.bytesPerDay ?? 0)).toBe('100 MB');
    expect((forecast.fit?.needed ?? 0) / HOUR).toBeCloseTo(1.7, 1);
    expect(forecast.fit).toMatchObject({ available: 6 * HOUR, fits: true });
  });

  test('at 64 kbit/s the same takes 3.5 h, which fits too', () => {
    const slow = { ...topology, siteLinks: topology.siteLinks.map((one) => ({ ...one, speed: 64_000 })) };
    const { fit } = forecastOf(slow, 'a1', 'b1');
    expect((fit?.needed ?? 0) / HOUR).toBeCloseTo(3.5, 1);
    expect(fit?.fits).toBe(true);
  });

  test('takes writes although one supplier is lost', () => {
    expect(replicationForecast(topology).groups).toMatchObject([{ servers: 2, needed: 1, mayBeLost: 1 }]);
  });
});

describe('a million users (R34 to R36)', () => {
  const topology = topologyOf(RhdsMillionUsers);
  const { load } = topology.directories[0]!;
  const reads = load!.reads as ReadLoadFacts;

  test('have 1,500,000 entries and look up 10 + 125 = 135 million times a day (R34)', () => {
    expect(load?.entries).toBe(1_500_000);
    expect(reads.users * reads.lookupsPerUser).toBe(10_000_000);
    expect(reads.mails * reads.lookupsPerMail).toBe(125_000_000);
    expect(lookupsPerDay(reads)).toBe(135_000_000);
  });

  test('come at 3,125 a second over a day of 12 hours, or 43,200 s (R35)', () => {
    expect(reads.window / 1000).toBe(43_200);
    expect(replicationForecast(topology).reads).toMatchObject([{ mean: 3125, peak: 3125 }]);
  });

  test('need six or seven servers at 500 reads a second, 8 with one to spare (R35, E21)', () => {
    expect(meanReads(reads) / reads.readsPerServer).toBe(6.25);
    expect([serversNeeded(reads, 0), serversNeeded(reads)]).toEqual([7, 8]);
    expect(replicationForecast(topology).reads).toMatchObject([{ needed: 8 }]);
  });

  test('work for 11 hours, not 12, when four adjacent time zones work eight: 3,409 a second (E22)', () => {
    const window = workingWindow(8 * HOUR, 4);
    expect(window).toBe(11 * HOUR);
    expect(Math.round(meanReads({ ...reads, window }))).toBe(3409);
  });

  test('get four sites with a hub and four consumers each, which take the reads (R36)', () => {
    const roles = Object.values(rolesOf(topology));
    const count = (role: ReplicaRole): number => roles.filter((one) => one === role).length;
    expect([count('supplier'), count('hub'), count('consumer')]).toEqual([2, 4, 16]);
    expect(count('consumer') * reads.readsPerServer).toBeGreaterThan(meanReads(reads));
  });

  test('a site whose users all stay local carries them with half of its consumers (S10)', () => {
    const share = meanReads(reads) / 4;
    expect(share).toBeLessThanOrEqual(2 * reads.readsPerServer);
  });

  test('more users get more servers from the same stack', () => {
    expect(serversNeeded({ ...reads, users: 3_000_000 })).toBe(9);
  });

  test('find the consumers of their site by its name (R36)', () => {
    const zone = renderHost(topology, 'center/ns1').find(({ path: file }) => file === '/etc/bind/db.example.com');
    const site = (name: string): readonly string[] | undefined =>
      zone?.content.match(new RegExp(`^ldap\\.${name} IN A .*$`, 'gm'))?.map((line) => line.split(' ').pop() ?? '');
    expect(site('east')).toEqual(['198.51.100.12', '198.51.100.13', '198.51.100.14', '198.51.100.15']);
    expect(site('pacific')).toHaveLength(4);
  });

  test('single point of control: writes go to the suppliers in one place', () => {
    const sites = replicationGraph(topology)
      .writersAtFirst('people')
      .map(({ host }) => lookup(topology).host(host).site);
    expect(new Set(sites)).toEqual(new Set(['center']));
  });
});

describe('published numbers of volume and time', () => {
  const load = { entries: 1_000_000, entrySize: 1000, dailyChange: 0.1 };
  const office: ReadLoadFacts = {
    ...{ users: 100, lookupsPerUser: 10, mails: 0, lookupsPerMail: 5 },
    ...{ window: 12 * HOUR, peakFactor: 1, readsPerServer: 500 },
  };

  test('ten look-ups of one Kbyte are 10,000 bytes for each user and day (R30)', () => {
    expect(localReplica(load, { ...office, users: 1 }).lookups).toBe(10_000);
  });

  test('a million entries with ten percent of changes are 100 MB a day, 100 users are 1 MB (R31)', () => {
    expect(changesPerDay(load)).toBe(100_000);
    expect(volumePerDay(load)).toBe(100_000_000);
    expect(localReplica(load, office)).toEqual({ replication: 100_000_000, lookups: 1_000_000, worthwhile: false });
  });

  test('coast to coast, 100 ms, no more than 10 updates a second went over when each was waited for (R23)', () => {
    expect(stopAndWaitRate(100)).toBe(10);
  });
});
