import { groupwarePair } from '../support/pair';
import type { Topology } from '../../lib/topology/topology';
import { kindsOf, outcomeOf, withCluster, withResources } from './support';

const pair = groupwarePair();
const SITE = 'site-loss:hq';
const alone = withCluster(pair, { startsAlone: true });
const unmarked = withResources(alone, () => ({ fencing: 'dont-care' }));
const wait = (wfcTimeout: number | 'infinite' | undefined): Topology =>
  withResources(unmarked, ({ startup }) => ({ startup: { ...startup, wfcTimeout } }));

test('a lost site is down until its power is back; then both nodes boot and start everything', () => {
  const outcome = outcomeOf(pair, SITE);
  expect(outcome.state).toBe('down');
  expect(kindsOf(outcome)).toEqual(['boot', 'wait', 'takeover', 'start', 'client']);
  expect(outcome.person).toContain('no dump lies outside');
});

test('a site that is lost with the device of its node is not taken over by the other site', () => {
  const [ox1, ox2] = pair.hosts;
  const apart = { ...pair, hosts: [ox1!, { ...ox2!, site: 'dr' }], failureDomains: [] };
  expect(outcomeOf(apart, SITE)).toMatchObject({ state: 'down', cause: expect.stringContaining('does not answer') });
  expect(outcomeOf(withCluster(apart, { fencing: [] }), SITE).state).toBe('interrupted');
});

test('a feed that both nodes share takes both', () => {
  const hosts = pair.hosts.map((host) => ({ ...host, failureDomains: ['hq/feed-a'] }));
  expect(outcomeOf({ ...pair, hosts }, 'power-feed-loss:hq/feed-a').state).toBe('down');
  const two = pair.hosts.map((host) => ({ ...host, failureDomains: ['hq/feed-a', 'hq/feed-b'] }));
  expect(outcomeOf({ ...pair, hosts: two }, 'power-feed-loss:hq/feed-a').state).not.toBe('down');
});

describe('a node that boots alone', () => {
  const back = [SITE, 'node-return:hq/ox1'];

  test('waits for its peer, which may be at work behind cut cables (X4)', () => {
    const outcome = outcomeOf(pair, back);
    expect(outcome).toMatchObject({ state: 'down', timeline: undefined });
    expect(outcome.cause).toContain('ox1 sees no peer');
    expect(outcome.person).toContain('touch /run/tandem-ha-force');
  });

  test.each([['infinite' as const], [undefined]])('waits for ever with wfc-timeout %s (E11)', (value) => {
    const outcome = outcomeOf({ ...wait(value), fencingDevices: [] }, back);
    expect(outcome).toMatchObject({ state: 'down', timeline: undefined });
    expect(outcome.cause).toContain('waits for its peer for ever');
  });

  test('waits for DRBD and for initdead, then starts, where its copy may be promoted', () => {
    // Fencing devices on a site without power do not confirm; here there are none.
    const bare = { ...wait(120_000), clusters: alone.clusters.map((cluster) => ({ ...cluster, fencing: [] })) };
    const outcome = outcomeOf(bare, back);
    expect(outcome.state).toBe('interrupted');
    expect(kindsOf(outcome)).toEqual(['boot', 'wait', 'detection', 'takeover', 'start', 'client']);
    const [, drbd, heartbeat] = outcome.timeline!.phases;
    expect([drbd?.duration.lower, heartbeat?.duration.lower]).toEqual([120_000, pair.clusters[0]!.timing.initdead]);
  });

  test('starts nothing with a copy that may not be the newest', () => {
    expect(outcomeOf(alone, back)).toMatchObject({
      state: 'down',
      cause: expect.stringContaining('may not be the newest'),
    });
  });

  test('is joined by the other one, and then everything starts', () => {
    expect(outcomeOf(pair, [...back, 'node-return:hq/ox2']).state).toBe('interrupted');
  });
});

const REFUSED = ['network-cut:hq/link', 'node-power-cut:hq/ox1', 'node-return:hq/ox1'];

test('a group that the survivor claims and does not run goes to the dead node when that is back (X2)', () => {
  const outcome = outcomeOf(pair, REFUSED);
  expect(outcome).toMatchObject({ state: 'interrupted', person: '', dataAtRisk: { kind: 'none' } });
  expect(kindsOf(outcome)).toEqual(['boot', 'wait', 'detection', 'takeover', 'start', 'client']);
});

test('a group that the survivor claims and does not run needs a hand where files were read', () => {
  const outcome = outcomeOf({ ...pair, origin: 'files' }, REFUSED);
  expect(outcome).toMatchObject({ state: 'down', person: expect.stringContaining('hb_standby on ox2') });
});

test('a node that returns after a takeover interrupts nothing', () => {
  expect(outcomeOf(pair, ['node-power-cut:hq/ox1', 'node-return:hq/ox1']).state).toBe('works');
});

test('a planned switch stops in reverse order and starts without recovery', () => {
  const outcome = outcomeOf(pair, 'planned-switch:hq/ox1');
  const texts = outcome.timeline!.phases.map(({ text }) => text);
  expect(outcome.state).toBe('interrupted');
  expect(texts[0]).toBe('stop address 192.168.1.160');
  expect(texts.indexOf('stop slapd')).toBeLessThan(texts.indexOf('stop ldap as primary'));
  expect(texts).toContain('mount /var/lib/ldap');
  expect(kindsOf(outcome)).toEqual(['stop', 'start', 'client']);
});

test('a planned switch is refused when the other node is not there', () => {
  expect(outcomeOf(pair, ['node-power-cut:hq/ox2', 'planned-switch:hq/ox1']).state).toBe('degraded');
});
