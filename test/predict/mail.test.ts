import { mailHostLosses, mailLoad, shareWithoutSite } from '../../lib/predict/mail';
import type { MailWorkloadFacts } from '../../lib/topology/mail';
import {
  equalShare,
  meanLookups,
  meanMessages,
  peakLookups,
  peakMessages,
  peakVolume,
  sustainedShare,
  workloadOf,
} from '../../lib/topology/mail-load';
import type { Topology } from '../../lib/topology/topology';
import { mail } from '../support/mail';

const topology = mail();
const pairOf = (of: Topology, id: string) => of.mailPairs.find((pair) => pair.id === id)!;
const lossesOf = (of: Topology) => mailHostLosses(of, pairOf(of, 'mx-hq'));

/** The mail of the published sizing: 25,000,000 messages with 5 look-ups each, in 12 hours (R34, R35). */
const published: MailWorkloadFacts = {
  messagesPerDay: 25_000_000,
  recipients: 1,
  lookupsPerMessage: 5,
  window: 43_200_000,
  peakFactor: 1,
};

describe('published figures', () => {
  test('25 million messages with 5 look-ups each are 125 million look-ups a day (R34)', () => {
    expect(meanLookups(published) * 43_200).toBeCloseTo(125_000_000, 3);
  });

  test('with the 10 million look-ups of users they are 3,125 a second in 12 hours (R35)', () => {
    expect(meanLookups(published) + 10_000_000 / 43_200).toBeCloseTo(3125, 6);
  });

  test('two servers get equal amounts of traffic (S3)', () => {
    expect(equalShare(2)).toBe(0.5);
  });

  test('each of two servers is loaded to no more than 50 % for ever (S1, S10)', () => {
    expect(sustainedShare(2)).toBe(0.5);
    expect(sustainedShare(4, 2)).toBe(0.5);
  });
});

test('the busiest second has the mean times the peak factor, in messages, look-ups and bytes', () => {
  const load = { ...published, messagesPerDay: 4_320_000, peakFactor: 3, messageSize: 1000, recipients: 2 };
  expect(meanMessages(load)).toBe(100);
  expect(peakMessages(load)).toBe(300);
  expect(peakLookups(load)).toBe(1500);
  expect(peakVolume(load)).toBe(600_000);
  expect(peakVolume(published)).toBeUndefined();
});

test('a pair of a farm gets its equal share, unless it has a workload of its own', () => {
  const pair = pairOf(topology, 'mx-hq');
  expect(workloadOf(topology, pair)?.messagesPerDay).toBe(1_000_000);
  expect(workloadOf(topology, { ...pair, workload: published })).toBe(published);
  expect(workloadOf({ ...topology, mailFarms: [] }, pair)).toBeUndefined();
});

test('each server gets a half, and all of it alone', () => {
  const [one, two] = mailLoad(topology, pairOf(topology, 'mx-hq'));
  expect(one).toEqual({ ...two, server: 'mx-hq-mail1' });
  expect(one?.alone).toBeCloseTo((2 * 1_000_000) / 43_200, 9);
  expect(one?.share).toBe((one?.alone ?? 0) / 2);
  expect(one?.lookupsAlone).toBeCloseTo((one?.alone ?? 0) * 5, 9);
  expect(one?.volumeAlone).toBeCloseTo((one?.alone ?? 0) * 2 * 50 * 1024, 6);
  expect(one?.used).toBeCloseTo((one?.share ?? 0) / 50, 9);
  expect(one?.sustained).toBe(0.5);
});

test('nothing is told of a load that nobody declares', () => {
  const unknown = { ...topology, mailFarms: [] };
  expect(mailLoad(unknown, pairOf(unknown, 'mx-hq'))).toEqual([]);
});

test('without server 1 reads go to server 2, and changes fail until it is back or the master is moved (S6)', () => {
  expect(lossesOf(topology)[0]).toEqual({
    host: 'hq/hq-mail1',
    survivor: 'mx-hq-mail2',
    queueDelivered: { lower: 21_000, upper: 31_000 },
    standstill: { lower: 18_000, upper: 26_000 },
    lostMessages: 'none',
    duplicates: 100,
    lookups: ['ldap-hq-mail2', 'ldap-dr-mail1', 'ldap-dr-mail2'],
    writes: 'fail',
  });
});

test('without server 2 all operations go to server 1 and nothing is lost (S8)', () => {
  expect(lossesOf(topology)[1]).toMatchObject({
    survivor: 'mx-hq-mail1',
    lostMessages: 'none',
    lookups: ['ldap-hq-mail1', 'ldap-dr-mail1', 'ldap-dr-mail2'],
    writes: 'go-on',
  });
});

test('with directory failover changes go on on server 2 (S7)', () => {
  const automatic: Topology = {
    ...topology,
    failoverGroups: topology.failoverGroups.map((group) => ({ ...group, decision: 'automatic' })),
  };
  expect(lossesOf(automatic)[0]?.writes).toBe('moved');
});

test('a queue on the own disk is lost with the host (E13)', () => {
  const local: Topology = {
    ...topology,
    mailServers: topology.mailServers.map((server) => ({
      ...server,
      queue: { ...server.queue, storage: { kind: 'local' } },
    })),
  };
  expect(lossesOf(local)[0]).toMatchObject({ lostMessages: 'queue', duplicates: 0 });
});

test('of two sites with two servers each, one site alone gives each server a half (S9)', () => {
  const farm = topology.mailFarms[0]!;
  expect(shareWithoutSite(topology, farm, 'hq')).toBe(0.5);
  expect(shareWithoutSite(topology, farm, 'elsewhere')).toBe(0.25);
  expect(shareWithoutSite({ ...topology, mailFarms: [] }, { ...farm, pairs: ['mx-hq'] }, 'hq')).toBe(Infinity);
});
