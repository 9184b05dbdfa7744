import { hubAgreements, meshAgreements, ringAgreements } from '../../../lib/predict/replication/agreements';
import { bestPath } from '../../../lib/topology/best-path';
import { pairsOf, splittingPairs, type Edge } from '../../../lib/predict/replication/failure-pairs';
import { lockedWriteTime, quorumOf, toleratedLosses } from '../../../lib/predict/replication/quorum';
import { lookupsPerDay, meanReads, serversNeeded, spareServers, workingWindow } from '../../../lib/topology/read-load';
import { bytesText } from '../../../lib/predict/replication/table';
import { stopAndWaitRate, updateTime, windowFit } from '../../../lib/predict/replication/update-time';
import { localReplica, volumePerDay } from '../../../lib/predict/replication/volume';
import type { ReadLoadFacts, UpdateModeFacts, UpdateWindowFacts } from '../../../lib/topology/replication';
import type { SiteLinkFacts } from '../../../lib/topology/site';

const HOUR = 3_600_000;
/** One million users, 25 million mails a day, in twelve hours, at 500 look-ups a second for each server (R34, R35). */
const million: ReadLoadFacts = {
  ...{ users: 1_000_000, lookupsPerUser: 10, mails: 25_000_000, lookupsPerMail: 5 },
  ...{ window: 12 * HOUR, peakFactor: 1, readsPerServer: 500 },
};
/** One million entries of 1 KB, of which a tenth changes in a day (R31). */
const entries = { entries: 1_000_000, entrySize: 1000, dailyChange: 0.1 };
const dayOf = (bytes: number, speed: number) => ({
  ...{ bytes, changes: 100_000, speed, roundTripTime: 100, stopAndWait: false },
});

describe('look-ups', () => {
  test('of a million users and their mail are 135 million a day (R34)', () => {
    expect(lookupsPerDay(million)).toBe(135_000_000);
  });

  test('come at 3,125 a second in twelve hours, which 7 servers carry (R35)', () => {
    expect(meanReads(million)).toBe(3125);
    expect(serversNeeded(million, 0)).toBe(7);
  });

  test('need 8 servers when one of them may be lost (E21)', () => {
    expect(serversNeeded(million)).toBe(8);
    expect((7 - 1) * million.readsPerServer).toBeLessThan(meanReads(million));
  });

  test('in four time zones come in 11 hours and not in 12: 3,409 a second, 7 servers, 8 with one to spare (E22)', () => {
    const window = workingWindow(8 * HOUR, 4);
    expect(window).toBe(11 * HOUR);
    expect(Math.round(meanReads({ ...million, window }))).toBe(3409);
    expect([serversNeeded({ ...million, window }, 0), serversNeeded({ ...million, window })]).toEqual([7, 8]);
  });

  test('need more servers for a peak than for the mean (E21)', () => {
    expect(serversNeeded({ ...million, peakFactor: 2 })).toBe(14);
  });

  test('need more servers where hardware is less reliable (R26)', () => {
    // 0.99^7 x (1 + 7 x 0.01 + 28 x 0.01^2) = 0.99995 of the time 7 of 9 are there, and only 0.9973 of it 7 of 8.
    const servers = [0.99999, 0.999, 0.99, 0.95, 0.9].map((serverAvailability) =>
      serversNeeded({ ...million, serverAvailability }),
    );
    expect(servers).toEqual([8, 8, 9, 12, 13]);
    expect(serversNeeded({ ...million, serverAvailability: 0.9 }, 2)).toBe(9);
  });

  test('of very many servers are counted in no time, and alike', () => {
    const [below, above] = [spareServers(10_000, 0.99), spareServers(10_001, 0.99)];
    expect(above).toBeGreaterThanOrEqual(below);
    expect(above).toBeLessThan(below * 1.1);
    expect(spareServers(1e12, 0.9)).toBeLessThan(2e11);
  });
});

describe('volume', () => {
  test('of a million entries with a tenth of changes is 100 MB a day (R31)', () => {
    expect(volumePerDay(entries)).toBe(100_000_000);
    expect(bytesText(volumePerDay(entries))).toBe('100 MB');
    expect(volumePerDay(entries, 0.25)).toBe(25_000_000);
  });

  test('of a local replica is a hundred times what 100 users look up: 100 MB against 1 MB (R31)', () => {
    const office = { ...million, users: 100, mails: 0, lookupsPerUser: 10 };
    expect(localReplica(entries, office)).toEqual({
      replication: 100_000_000,
      lookups: 1_000_000,
      worthwhile: false,
    });
    expect(localReplica(entries, { ...office, users: 20_000 }).worthwhile).toBe(true);
  });

  test('of a user is 10 kB of look-ups a day (R30)', () => {
    expect(localReplica(entries, { ...million, users: 1, mails: 0 }).lookups).toBe(10_000);
  });
});

describe('updates', () => {
  test('that wait for each answer come at 10 a second at 100 ms, 100,000 of them in 2.8 h (R23)', () => {
    expect(stopAndWaitRate(100)).toBe(10);
    const time = updateTime({ ...dayOf(1000, 1e9), stopAndWait: true });
    expect(time / HOUR).toBeCloseTo(2.8, 1);
  });

  test('that do not wait take the time of their bytes (R23, R24)', () => {
    expect(updateTime(dayOf(1000, 1e6))).toBe(8);
  });

  test.each([
    [64_000, 3.5],
    [128_000, 1.7],
  ])('of 100 MB at %i bit/s take %d h (R32)', (speed, hours) => {
    expect(updateTime(dayOf(100_000_000, speed)) / HOUR).toBeCloseTo(hours, 1);
  });
});

describe('a schedule (R9, R32)', () => {
  const windows = (...spans: readonly UpdateWindowFacts[]): UpdateModeFacts => ({
    ...{ initiator: 'supplier', when: 'windows', windows: spans },
  });
  const weekdays = [0, 1, 2, 3, 4, 5, 6];
  const day = dayOf(100_000_000, 64_000);

  test('of four hours a night fits 3.5 h, one of three does not', () => {
    expect(windowFit(windows({ weekdays, from: 60, to: 300 }), day)).toMatchObject({
      available: 4 * HOUR,
      needed: 12_500_000,
      fits: true,
    });
    expect(windowFit(windows({ weekdays, from: 60, to: 240 }), day).fits).toBe(false);
  });

  test('brings what came up at the weekend on Monday', () => {
    const fit = windowFit(windows({ weekdays: [1, 2, 3, 4, 5], from: 60, to: 300 }), day);
    expect(fit.needed).toBe(3 * 12_500_000);
    expect(fit.fits).toBe(false);
  });

  test('of windows that meet at midnight has one longer window', () => {
    const fit = windowFit(windows({ weekdays, from: 1320, to: 1440 }, { weekdays, from: 0, to: 120 }), day);
    expect(fit).toMatchObject({ available: 4 * HOUR, fits: true });
  });

  test('of the whole week has the whole week', () => {
    expect(windowFit(windows({ weekdays, from: 0, to: 1440 }), day)).toMatchObject({
      available: 7 * 24 * HOUR,
      needed: 7 * 12_500_000,
    });
  });

  test('of one window a week brings the changes of a week', () => {
    expect(windowFit(windows({ weekdays: [3], from: 0, to: 600 }), day).needed).toBe(7 * 12_500_000);
  });

  test('of an interval has the window in each interval, unless other times are allowed', () => {
    const every = { initiator: 'consumer', when: 'periodic', windowSize: HOUR, updateInterval: 6 * HOUR } as const;
    expect(windowFit({ ...every, otherTimes: false }, day)).toEqual({
      needed: 3_125_000,
      available: HOUR,
      fits: true,
    });
    expect(windowFit({ ...every, otherTimes: true }, day).available).toBe(24 * HOUR);
  });

  test('of changes at once has a day for a day', () => {
    const fit = windowFit({ initiator: 'supplier', when: 'on-change' }, dayOf(1e9, 64_000));
    expect(fit).toEqual({ needed: 125_000_000, available: 24 * HOUR, fits: false });
  });
});

describe('agreements', () => {
  test('of four suppliers are 12 in a mesh and 8 in a ring (R13, E25)', () => {
    expect([meshAgreements(4), ringAgreements(4)]).toEqual([12, 8]);
    expect(ringAgreements(3)).toBe(meshAgreements(3));
  });

  test('of hubs are those from suppliers and those to consumers (R36)', () => {
    expect(hubAgreements(2, 4, 4)).toBe(2 * 4 + 4 * 4);
  });
});

describe('a quorum', () => {
  test.each([
    [2, 2, 0],
    [3, 2, 1],
    [4, 3, 1],
    [5, 3, 2],
  ])('of %i is %i and survives the loss of %i (Q12, Q13)', (servers, quorum, lost) => {
    expect([quorumOf(servers), toleratedLosses(servers)]).toEqual([quorum, lost]);
  });

  test('that locks takes two round trips to the slowest: 200 ms at 100 ms (Q6)', () => {
    expect(lockedWriteTime([20, 100])).toBe(200);
    expect(lockedWriteTime([])).toBe(0);
  });
});

describe('the loss of two of four suppliers', () => {
  const servers = ['a', 'b', 'c', 'd'];
  const ring: readonly Edge[] = [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'd'],
    ['d', 'a'],
  ];

  test('parts the others of a ring in 2 of 6 cases (E34)', () => {
    expect(pairsOf(servers)).toHaveLength(6);
    expect(splittingPairs(servers, ring)).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
  });

  test('parts those of a mesh in none (E34)', () => {
    expect(splittingPairs(servers, pairsOf(servers))).toEqual([]);
  });
});

describe('the best way of updates (R17)', () => {
  const line = (one: string, other: string, speed: number): SiteLinkFacts => ({
    ...{ id: `${one} ${other}`, path: `d/${one} ${other}`, name: `${one} ${other}` },
    ...{ sites: [one, other].sort(), speed, roundTripTime: 20 },
  });
  const links = [
    line('Minneapolis', 'Saint Cloud', 100_000_000),
    line('Minneapolis', 'Duluth', 64_000),
    line('Saint Cloud', 'Duluth', 1_000_000),
  ];

  test('from Minneapolis to Duluth is by Saint Cloud: a good and a fair line, not a poor one', () => {
    expect(bestPath(links, 'Minneapolis', 'Duluth')).toMatchObject({
      sites: ['Minneapolis', 'Saint Cloud', 'Duluth'],
      speed: 1_000_000,
      roundTripTime: 40,
    });
    expect(bestPath(links, 'Minneapolis', 'Saint Cloud')?.sites).toEqual(['Minneapolis', 'Saint Cloud']);
  });

  test('is the line itself when that is no worse', () => {
    const even = links.map((link) => ({ ...link, speed: 1_000_000 }));
    expect(bestPath(even, 'Minneapolis', 'Duluth')?.sites).toEqual(['Minneapolis', 'Duluth']);
  });

  test('does not exist where no line leads, and is empty on one site', () => {
    expect(bestPath(links, 'Minneapolis', 'Fargo')).toBeUndefined();
    expect(bestPath([], 'Duluth', 'Duluth')).toMatchObject({ sites: ['Duluth'], links: [], time: 0 });
  });
});
