import { Testing } from 'cdktf';
import { OxHotStandby } from '../../stacks/ox-hot-standby';
import { predict } from '../../lib/predict/predict';
import { groupwarePair } from '../support/pair';
import { topologyOf } from '../support/topology-of';
import { fault, kindsOf, outcomeOf, withCluster, withResources } from './support';

const pair = groupwarePair();
const POWER = 'node-power-cut:hq/ox1';

describe('power cut of the active node', () => {
  test('is detected, fenced and taken over in start order, without loss', () => {
    const outcome = outcomeOf(pair, POWER);
    expect(outcome).toMatchObject({ state: 'interrupted', dataAtRisk: { kind: 'none' } });
    expect(kindsOf(outcome)).toEqual(['detection', 'fencing', 'takeover', 'start', 'client']);
    expect(outcome.timeline?.phases[0]?.duration.lower).toBe(pair.clusters[0]!.timing.deadtime);
    const starts = outcome.timeline!.phases.filter(({ kind }) => kind === 'start').map(({ text }) => text);
    expect(starts.slice(0, 3)).toEqual(['ldap becomes primary', 'mount /var/lib/ldap and replay its journal', 'slapd']);
    expect(starts.at(-1)).toBe('address 192.168.1.160');
  });

  test('is over sooner for an early service when the address comes first (E16)', () => {
    const [cluster] = pair.clusters;
    const groups = cluster!.groups.map((group) => {
      const address = group.members.filter(({ kind }) => kind === 'address');
      return { ...group, members: [...address, ...group.members.filter(({ kind }) => kind !== 'address')] };
    });
    const early = outcomeOf(withCluster(pair, { groups }), POWER).timeline!.total;
    expect(early.upper).toBeLessThan(outcomeOf(pair, POWER).timeline!.total.upper / 1.5);
  });

  test.each([
    ['its device hangs on its own dead feed', 'power-feed-loss:hq/feed-a', ['hq/feed-a'], 'external/ipmi'],
    ['the device is a person', POWER, ['hq/feed-b'], 'meatware'],
  ])('is never taken over when %s', (_, id, failureDomains, plugin) => {
    const fencingDevices = pair.fencingDevices.map((device) =>
      device.fences[0] === 'hq/ox1' ? { ...device, plugin, failureDomains } : device,
    );
    const outcome = outcomeOf({ ...pair, fencingDevices }, id);
    expect(outcome).toMatchObject({ state: 'down', timeline: undefined });
    expect(outcome.person).toContain('meatclient -c ox1');
  });

  test('is taken over on a lost feed when the device hangs on the other one', () => {
    expect(outcomeOf(pair, 'power-feed-loss:hq/feed-a').state).toBe('interrupted');
  });

  test('goes without the fencing phase when nothing fences', () => {
    const outcome = outcomeOf(withCluster(pair, { fencing: [] }), POWER);
    expect(kindsOf(outcome)).not.toContain('fencing');
    expect(outcome.state).toBe('interrupted');
  });

  test('loses the last writes with protocol A, none with B and C', () => {
    const risk = (protocol: 'A' | 'B' | 'C'): unknown =>
      outcomeOf(
        withResources(pair, ({ net }) => ({ protocol, net: { ...net, timeout: 6_000, koCount: 7 } })),
        POWER,
      ).dataAtRisk;
    expect(risk('A')).toEqual({ kind: 'last-writes', within: 42_000 });
    expect([risk('B'), risk('C')]).toEqual([{ kind: 'none' }, { kind: 'none' }]);
  });

  test('loses what PostgreSQL acknowledged before it was on disk', () => {
    const services = pair.services.map((service) =>
      service.settings.kind === 'postgresql'
        ? { ...service, settings: { ...service.settings, synchronousCommit: false } }
        : service,
    );
    expect(outcomeOf({ ...pair, services }, POWER, 'postgresql').dataAtRisk).toEqual({
      kind: 'last-writes',
      within: 600,
    });
  });

  test('strands state that is on the node alone (E13)', () => {
    const services = pair.services.map((service) =>
      service.id === 'postfix'
        ? { ...service, state: [{ directory: '/var/spool/postfix', holds: 'mail queue' }] }
        : service,
    );
    expect(outcomeOf({ ...pair, services }, POWER, 'postfix').dataAtRisk).toEqual({
      kind: 'stranded',
      directories: ['/var/spool/postfix'],
    });
  });

  test('comes with a second interruption when groups go home by themselves', () => {
    expect(outcomeOf(withCluster(pair, { autoFailback: 'on' }), POWER).heals).toContain('second interruption');
    expect(outcomeOf(pair, POWER).heals).not.toContain('second interruption');
  });
});

test('a standby that is gone makes writes wait until DRBD drops it, and costs the redundancy', () => {
  const outcome = outcomeOf(pair, 'node-power-cut:hq/ox2');
  expect(outcome.state).toBe('degraded');
  // Until heartbeat says that it is dead, and its reset is confirmed.
  expect(outcome.timeline).toMatchObject({ waits: 'writers', total: { lower: 13_000, upper: 21_000 } });
  const unfrozen = withResources(pair, () => ({ fencing: 'resource-only' }));
  expect(outcomeOf(unfrozen, 'node-power-cut:hq/ox2').timeline).toMatchObject({
    total: { lower: 6_500, upper: 10_500 },
  });
});

test('writes that a frozen resource holds back wait for the reset of the standby, for ever where nothing resets it', () => {
  expect(kindsOf(outcomeOf(pair, 'node-power-cut:hq/ox2'))).toEqual(['detection', 'fencing', 'client']);
  const unfenced = outcomeOf(withCluster(pair, { fencing: [] }), 'node-power-cut:hq/ox2');
  expect([unfenced.state, kindsOf(unfenced)]).toEqual(['degraded', ['detection', 'client']]);
  const dead = outcomeOf(pair, ['fencing-device-loss:hq/ox2-ipmi', 'node-power-cut:hq/ox2']);
  expect(dead).toMatchObject({ state: 'down', person: expect.stringContaining('drbdadm resume-io all') });
});

test('a node that hangs may go on writing where nothing resets it', () => {
  expect(outcomeOf(pair, 'node-hang:hq/ox1')).toMatchObject({ state: 'interrupted', dataAtRisk: { kind: 'none' } });
  expect(outcomeOf(withCluster(pair, { fencing: [] }), 'node-hang:hq/ox1').dataAtRisk).toEqual({ kind: 'diverging' });
});

test('in a hot standby only the groups of the lost node are interrupted', () => {
  const topology = topologyOf(new OxHotStandby(Testing.app()));
  for (const [host, group] of [
    ['hq/ox1', 'ox/groupware'],
    ['hq/ox2', 'ox/mail'],
  ]) {
    const { services } = predict(topology, fault(topology, `node-power-cut:${host}`));
    expect(services.filter(({ state }) => state === 'interrupted').map((one) => one.group)).toEqual(
      services.filter((one) => one.group === group).map((one) => one.group),
    );
    expect(services.filter((one) => one.group !== group).every(({ state }) => state === 'degraded')).toBe(true);
  }
});

test('hot standby is no better for availability: the loss of either node interrupts something, of the idle one nothing (X8)', () => {
  const hot = topologyOf(new OxHotStandby(Testing.app()));
  const interrupted = (topology: typeof hot, host: string) =>
    predict(topology, fault(topology, `node-power-cut:${host}`)).services.some(({ state }) => state === 'interrupted');
  expect(['hq/ox1', 'hq/ox2'].map((host) => interrupted(hot, host))).toEqual([true, true]);
  expect(['hq/ox1', 'hq/ox2'].map((host) => interrupted(pair, host))).toEqual([true, false]);
});
