import { groupwarePair } from '../support/pair';
import type { Topology } from '../../lib/topology/topology';
import { outcomeOf, withCluster, withResources } from './support';

const pair = groupwarePair();
const ALL = 'heartbeat-cut:ox';
const unfenced = withCluster(pair, { fencing: [] });
const onlySerial = (topology: Topology): Topology =>
  withCluster(topology, { links: topology.clusters[0]!.links.filter(({ kind }) => kind === 'serial') });

test('one heartbeat path of several is not missed', () => {
  expect(outcomeOf(pair, 'serial-cut:ox#2').state).toBe('works');
});

describe('the replication link', () => {
  test('that is cut alone makes writes wait for DRBD and leaves one current copy', () => {
    expect(outcomeOf(pair, 'network-cut:hq/link')).toMatchObject({
      state: 'degraded',
      timeline: { waits: 'writers', total: { upper: 23_000 } },
      dataAtRisk: { kind: 'none' },
    });
    // With no other resource on its nodes nothing is asked for in the same call.
    const alone = withResources(pair, ({ name, peers }) => ({
      peers: peers.map((peer) => (name === 'ldap' ? peer : { ...peer, host: `other ${peer.host}` })),
    }));
    expect(outcomeOf(alone, 'network-cut:hq/link')).toMatchObject({ timeline: { total: { upper: 21_000 } } });
  });

  test('then the power of the active node: the outdated copy is not promoted, everything is down', () => {
    const outcome = outcomeOf(pair, ['network-cut:hq/link', 'node-power-cut:hq/ox1']);
    expect(outcome).toMatchObject({ state: 'down', timeline: undefined, dataAtRisk: { kind: 'none' } });
    expect(outcome.cause).toContain('outdated and is not promoted');
    expect(outcome.heals).toContain('ox1 takes the group');
  });

  test('then the power of the active node: an old copy that is not marked goes on without the latest writes', () => {
    const unmarked = withResources(pair, () => ({ fencing: 'dont-care' }));
    expect(outcomeOf(unmarked, ['network-cut:hq/link', 'node-power-cut:hq/ox1'])).toMatchObject({
      state: 'interrupted',
      dataAtRisk: { kind: 'since-link-loss' },
    });
  });

  test('marks nothing when the outdater is called and dopd does not run', () => {
    const deaf = withCluster(pair, { dopd: false });
    expect(outcomeOf(deaf, ['network-cut:hq/link', 'node-power-cut:hq/ox1']).dataAtRisk).toEqual({
      kind: 'since-link-loss',
    });
  });

  test('stays cut when something harmless follows', () => {
    expect(outcomeOf(pair, ['network-cut:hq/link', 'serial-cut:ox#2']).state).toBe('degraded');
  });
});

describe('the network of the clients', () => {
  test('cut at the active node keeps them away until a person switches', () => {
    const outcome = outcomeOf(pair, 'network-cut:hq/lan@hq/ox1');
    expect(outcome.state).toBe('down');
    expect(outcome.person).toContain('switch the group to ox2');
  });

  test('lost as a whole leaves nothing to switch to', () => {
    expect(outcomeOf(pair, 'network-cut:hq/lan').person).toBe('bring lan back');
  });

  test('carries the fencing devices: a node that is lost after it is never reset', () => {
    const outcome = outcomeOf(pair, ['network-cut:hq/lan', 'node-power-cut:hq/ox1']);
    expect(outcome.cause).toContain('ox2 does not reach the fencing device ox1-ipmi');
    expect(outcome.state).toBe('down');
  });
});

describe('all heartbeat paths', () => {
  const atOnce = withCluster(pair, { fencingDelay: 0, startsAlone: true });

  test('cut with a fencing delay: the active node wins and goes on (X4)', () => {
    const outcome = outcomeOf(pair, ALL);
    expect(outcome).toMatchObject({ state: 'degraded', dataAtRisk: { kind: 'none' } });
    expect(outcome.cause).toContain('ox1 shoots first, ox2 waits');
  });

  test('cut with fencing at once: at worst the active node is reset, with what it wrote alone', () => {
    const outcome = outcomeOf(atOnce, ALL);
    expect(outcome.heals).toContain('shoots back after its boot');
    expect(outcome.state).toBe('interrupted');
    expect(outcome.cause).toContain('either may reset the other');
    expect(outcome.dataAtRisk).toEqual({ kind: 'none' });
    const unfrozen = withResources(atOnce, () => ({ fencing: 'resource-only' }));
    expect(outcomeOf(unfrozen, ALL).dataAtRisk).toEqual({ kind: 'last-writes', within: 17_000 });
  });

  test('cut with a device that waits before it resets the active node: the active node goes on', () => {
    const fencingDevices = atOnce.fencingDevices.map((device) =>
      device.fences[0] === 'hq/ox1'
        ? { ...device, parameters: [...device.parameters, { name: 'delay', value: '10' }] }
        : device,
    );
    expect(outcomeOf({ ...atOnce, fencingDevices }, ALL).state).toBe('degraded');
  });

  test('cut without fencing: both nodes write (X4)', () => {
    expect(outcomeOf(unfenced, ALL)).toMatchObject({ state: 'down', dataAtRisk: { kind: 'diverging' } });
  });

  test('cut without fencing, replication alive: DRBD refuses the second primary', () => {
    expect(outcomeOf(onlySerial(unfenced), 'serial-cut:ox#0')).toMatchObject({
      state: 'degraded',
      dataAtRisk: { kind: 'none' },
    });
  });

  test('cut without fencing on a shared volume: the file system is destroyed', () => {
    const [cluster] = unfenced.clusters;
    const groups = cluster!.groups.map((group) => ({
      ...group,
      members: group.members.map((member) =>
        member.kind === 'mount' ? { ...member, source: { kind: 'shared' as const, volume: 'san' } } : member,
      ),
    }));
    expect(outcomeOf(withCluster(unfenced, { groups }), ALL).dataAtRisk).toEqual({ kind: 'file-system' });
  });

  test('that is only one is a split brain with its one cable', () => {
    const oneCable = withCluster(unfenced, {
      links: pair.clusters[0]!.links.filter((link) => link.kind !== 'serial' && link.network === 'hq/link'),
    });
    expect(outcomeOf(oneCable, 'network-cut:hq/link@hq/ox2').state).toBe('down');
    expect(outcomeOf(unfenced, 'network-cut:hq/link@hq/ox2').state).toBe('degraded');
  });
});

test('a lost fencing device is noticed by nobody, and keeps the standby from taking over', () => {
  expect(outcomeOf(pair, 'fencing-device-loss:hq/ox1-ipmi').state).toBe('degraded');
  expect(outcomeOf(pair, ['fencing-device-loss:hq/ox1-ipmi', 'node-power-cut:hq/ox1']).state).toBe('down');
});
