import { isHonest } from '../../lib/predict/interval';
import { mailHostLosses } from '../../lib/predict/mail';
import { takeoverByWatch } from '../../lib/predict/mail-containers';
import { siteLoss } from '../../lib/predict/site-loss';
import type { MailPairFacts } from '../../lib/topology/mail';
import type { Topology } from '../../lib/topology/topology';
import { mail } from '../support/mail';
import { mailInContainers } from '../support/mail-in-containers';

const topology = mailInContainers().deployment.topology();
const pairOf = (of: Topology): MailPairFacts => of.mailPairs[0]!;

describe('the take-over in containers', () => {
  test('follows the deadtime, and what the watch takes is added to its upper end', () => {
    const pair = { ...pairOf(topology), deadtime: 5000 };
    const takeover = takeoverByWatch(topology, pair);
    expect(takeover).toEqual({ lower: 4000, upper: 13_000 });
    expect(isHonest(takeover!)).toBe(true);
    const slower = takeoverByWatch(topology, { ...pair, deadtime: 15_000 });
    expect(slower).toEqual({ lower: 14_000, upper: 23_000 });
  });

  test('is what is said of the queue of a lost host', () => {
    const losses = mailHostLosses(topology, pairOf(topology));
    expect(losses.map(({ queueDelivered }) => queueDelivered)).toEqual([
      takeoverByWatch(topology, pairOf(topology)),
      takeoverByWatch(topology, pairOf(topology)),
    ]);
    expect(losses[0]?.queueDelivered).toBeDefined();
  });

  test('is not known where an operator decides, and where no lock keeps both apart', () => {
    const pair = pairOf(topology);
    const byOperator: MailPairFacts = { ...pair, takeover: { ...pair.takeover, decision: 'operator' } };
    expect(takeoverByWatch(topology, byOperator)).toBeUndefined();
    expect(takeoverByWatch(topology, { ...pair, takeover: { ...pair.takeover, fenceFirst: true } })).toBeUndefined();
    const hosts = mail();
    expect(takeoverByWatch(hosts, pairOf(hosts))).toBeUndefined();
  });
});

describe('the loss of a primary site', () => {
  const two = mail();
  const recovery = two.disasterRecoverySites[0]!;

  test('costs a sender the time in which it asks each of its mail servers', () => {
    const { pause } = siteLoss(two, recovery, 2000);
    expect(pause.lower).toBe(2 * 2000);
    expect(pause.upper).toBeGreaterThan(pause.lower);
  });

  test('lets each server deliver twice what it was delivering, at most', () => {
    const each = two.mailPairs
      .filter(({ id }) => id === 'mx-hq')
      .flatMap((pair) => mailHostLosses(two, pair).map(({ duplicates }) => duplicates));
    expect(each).toHaveLength(2);
    expect(siteLoss(two, recovery, 2000).duplicates).toBe(each[0]! + each[1]!);
  });

  test('costs nothing where no mail server is there', () => {
    expect(siteLoss({ ...two, mailPairs: [] }, recovery, 2000)).toMatchObject({ pause: { lower: 0 }, duplicates: 0 });
  });
});
