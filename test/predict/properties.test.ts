import fc from 'fast-check';
import { adopt } from '../../lib/adopt/adopt';
import { faultId } from '../../lib/predict/fault';
import { isHonest } from '../../lib/predict/interval';
import { rank, type ServiceOutcome } from '../../lib/predict/outcome';
import { predict } from '../../lib/predict/predict';
import { singleFaults } from '../../lib/predict/single-faults';
import { calibrate } from '../../lib/predict/calibrate';
import { defaultStepTimes, type StepTimes } from '../../lib/predict/step-times';
import type { LinkFacts } from '../../lib/topology/cluster';
import type { Topology } from '../../lib/topology/topology';
import { published } from '../adopt/support';
import { groupwarePair } from '../support/pair';
import { withCluster, withResources } from './support';

const pair = groupwarePair();
const { links, fencing, monitoring } = pair.clusters[0]!;
const option = <T>(value: T): fc.Arbitrary<T | undefined> => fc.constantFrom(value, undefined);

/** The pair with other times, paths, fencing, protocols and policies. */
const variation: fc.Arbitrary<Topology> = fc
  .record({
    deadtime: fc.integer({ min: 1_000, max: 120_000 }),
    links: fc.subarray([...links], { minLength: 1 }),
    fencing: fc.subarray([...fencing]),
    monitoring: option(monitoring),
    protocol: fc.constantFrom('A' as const, 'B' as const, 'C' as const),
    policy: fc.constantFrom('dont-care' as const, 'resource-only' as const, 'resource-and-stonith' as const, undefined),
    onIoError: fc.constantFrom('detach', 'pass_on', 'panic', undefined),
    wfcTimeout: fc.constantFrom('infinite' as const, 30_000, undefined),
    timeout: fc.integer({ min: 100, max: 60_000 }),
    koCount: fc.constantFrom(0, 1, 7, undefined),
    autoFailback: fc.constantFrom('on' as const, 'off' as const),
    addressFirst: fc.boolean(),
    start: fc.constantFrom('in-turn' as const, 'together' as const),
    plugin: fc.constantFrom('external/ipmi', 'apcmaster', 'meatware', 'other'),
  })
  .map((v) => {
    const groups = pair.clusters[0]!.groups.map((group) => {
      const address = group.members.filter(({ kind }) => kind === 'address');
      const rest = group.members.filter(({ kind }) => kind !== 'address');
      return { ...group, start: v.start, members: v.addressFirst ? [...address, ...rest] : [...rest, ...address] };
    });
    const timing = {
      keepalive: v.deadtime / 10,
      warntime: v.deadtime / 2,
      deadtime: v.deadtime,
      initdead: 2 * v.deadtime,
    };
    const cluster = { timing, links: v.links, fencing: v.fencing, monitoring: v.monitoring, groups };
    const changed = withResources(
      withCluster(pair, { ...cluster, autoFailback: v.autoFailback }),
      ({ disk, net, startup }) => ({
        protocol: v.protocol,
        fencing: v.policy,
        disk: { ...disk, onIoError: v.onIoError },
        net: { ...net, timeout: v.timeout, koCount: v.koCount },
        startup: { ...startup, wfcTimeout: v.wfcTimeout },
      }),
    );
    return { ...changed, fencingDevices: pair.fencingDevices.map((device) => ({ ...device, plugin: v.plugin })) };
  });

const outcomes = (topology: Topology, times?: StepTimes): ReadonlyMap<string, ServiceOutcome> =>
  new Map(
    singleFaults(topology).flatMap((fault) =>
      predict(topology, fault, times).services.map((one) => [`${faultId(fault)} ${one.service}`, one] as const),
    ),
  );

/**
 * Outcomes that are worse in the second topology, of the faults that both have. Pauses of writers are left out: a peer
 * that lives is given time to mark its copies, one that is not heard is reset at once.
 */
function worsened(one: Topology, other: Topology, leaveOut: (id: string) => boolean = () => false): readonly string[] {
  const after = outcomes(other);
  return [...outcomes(one)].flatMap(([key, before]) => {
    const now = after.get(key);
    if (!now || leaveOut(key)) return [];
    const outage = ({ timeline }: typeof now): number =>
      timeline?.waits === 'writers' ? 0 : (timeline?.total.upper ?? 0);
    const longer = rank(now.state) === rank(before.state) && outage(now) > outage(before);
    return rank(now.state) > rank(before.state) || longer ? [key] : [];
  });
}

const dishonest = (topology: Topology, times?: StepTimes): readonly string[] =>
  [...outcomes(topology, times)].flatMap(([key, { timeline }]) => (timeline && !isHonest(timeline.total) ? [key] : []));

test('every timeline has an upper bound of at most twice the lower one plus 5 s', () => {
  fc.assert(
    fc.property(variation, (topology) => expect(dishonest(topology)).toEqual([])),
    { numRuns: 40 },
  );
});

test('calibrated timelines are as honest', () => {
  fc.assert(
    fc.property(variation, fc.integer({ min: 5_000, max: 300_000 }), (topology, interruption) =>
      expect(dishonest(topology, calibrate(topology, { interruption }))).toEqual([]),
    ),
    { numRuns: 20 },
  );
});

test('a serial line more never makes an outcome worse', () => {
  const line: LinkFacts = {
    kind: 'serial',
    baud: 19_200,
    ends: [
      { host: 'hq/ox1', device: '/dev/ttyS9' },
      { host: 'hq/ox2', device: '/dev/ttyS9' },
    ],
  };
  fc.assert(
    fc.property(variation, (topology) =>
      expect(worsened(topology, withCluster(topology, { links: [...topology.clusters[0]!.links, line] }))).toEqual([]),
    ),
    { numRuns: 40 },
  );
});

test('a network more never makes an outcome worse, but for the cut of all paths, which then cuts more', () => {
  fc.assert(
    fc.property(variation, fc.constantFrom(...links), (topology, link) =>
      expect(
        worsened(topology, withCluster(topology, { links: [...topology.clusters[0]!.links, link] }), (id) =>
          id.startsWith('heartbeat-cut:'),
        ),
      ).toEqual([]),
    ),
    { numRuns: 40 },
  );
});

test('a longer deadtime never shortens an outage', () => {
  fc.assert(
    fc.property(variation, fc.integer({ min: 1, max: 60_000 }), (topology, more) => {
      const timing = topology.clusters[0]!.timing;
      const longer = withCluster(topology, { timing: { ...timing, deadtime: (timing.deadtime ?? 0) + more } });
      expect(worsened(longer, topology)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('no step of the default table is wider than one to two, but the retry of a client', () => {
  const { client, fencingByPlugin, services, ...steps } = defaultStepTimes;
  const all = [
    ...Object.values(steps),
    ...Object.values(fencingByPlugin),
    ...Object.values(services).flatMap(({ start, recovery, stop }) => [start, recovery, stop]),
  ];
  expect(all.filter(({ lower, upper }) => lower > upper || upper > 2 * lower)).toEqual([]);
  expect(client.upper - 2 * client.lower).toBeLessThan(5_000);
});

test('the published configuration, which hides most facts, is predicted as far as it shows them', () => {
  const { topology } = adopt(published());
  expect(dishonest(topology)).toEqual([]);
  const cut = [...outcomes(topology)].find(([key]) => key.startsWith('heartbeat-cut:'))?.[1];
  expect(cut).toMatchObject({ state: 'down', dataAtRisk: { kind: 'diverging' } });
});
