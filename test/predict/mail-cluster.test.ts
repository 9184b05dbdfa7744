import type { Fault } from '../../lib/predict/fault';
import { mailHostLosses } from '../../lib/predict/mail';
import { predict } from '../../lib/predict/predict';
import type { DrbdResourceFacts } from '../../lib/topology/drbd';
import type { Topology } from '../../lib/topology/topology';
import { mail } from '../support/mail';

const topology = mail();
const [ONE, QUEUE] = ['hq/hq-mail1', 'mx-hq/postfix-mx-hq-mail1'];
const cut: Fault = { kind: 'node-power-cut', host: ONE };
const outcome = (of: Topology, ...faults: readonly Fault[]) =>
  predict(of, faults).services.find(({ service }) => service === QUEUE);
const lossOf = (of: Topology) =>
  mailHostLosses(
    of,
    of.mailPairs.find(({ id }) => id === 'mx-hq')!,
  )[0]!;
const withResources = (change: Partial<DrbdResourceFacts>): Topology => ({
  ...topology,
  drbdResources: topology.drbdResources.map((resource) => ({ ...resource, ...change })),
});

test('of the loss of a host the pair and its cluster say the same (S4)', () => {
  const cluster = outcome(topology, cut);
  expect(cluster).toMatchObject({ state: 'interrupted', dataAtRisk: { kind: 'none' } });
  expect(cluster?.heals).toMatch(/gets its queue back/);
  expect(lossOf(topology)).toMatchObject({
    queueDelivered: cluster?.timeline?.total,
    lostMessages: 'none',
    duplicates: 100,
  });
});

test('until a person confirms that the owner is off, nobody takes the queue, nothing is delivered twice and nothing is lost (X4)', () => {
  const fencingDevices = topology.fencingDevices.map((device) => ({ ...device, plugin: 'meatware' }));
  const unfenced: Topology = { ...topology, fencingDevices };
  expect(outcome(unfenced, cut)).toMatchObject({ state: 'down', dataAtRisk: { kind: 'none' } });
  expect(lossOf(unfenced)).toEqual({
    ...lossOf(topology),
    queueDelivered: undefined,
    duplicates: 0,
  });
});

test('copies that lag behind lose the last messages (X2)', () => {
  expect(lossOf(withResources({ protocol: 'A' }))).toMatchObject({ lostMessages: 'last' });
});

test('a server that returns gets its queue back from its peer (S4)', () => {
  const back = outcome(topology, cut, { kind: 'node-return', host: ONE });
  expect(back).toMatchObject({ state: 'interrupted', dataAtRisk: { kind: 'none' } });
  expect(back?.cause).toBe('hq-mail1 is back, its data is brought up to date, and it gets its queue back');
  const again = outcome(topology, cut, { kind: 'node-return', host: ONE }, cut);
  expect(again).toMatchObject({ state: 'interrupted', cause: /without power/ });
});

test('a queue that an operator moved stays where it is when its host was never lost (X27)', () => {
  const moved = outcome(topology, { kind: 'planned-switch', host: ONE }, cut);
  expect(moved?.state).toBe('degraded');
});
