import { defaultStepTimes } from '../../../lib/predict/step-times';
import { lookup } from '../../../lib/topology/lookup';
import { groupwarePair } from '../../support/pair';
import { planClients } from '../clients/plan';
import type { Lab } from '../lab';
import { asRunning, expectation, stepTimes } from './expectation';
import { Pair } from './pair';

const topology = groupwarePair();
const [cluster] = topology.clusters;
const [group] = cluster?.groups ?? [];
if (!cluster || !group) throw new Error('the pair has no group');
const pair = new Pair({} as Lab, topology);
const plan = planClients(topology, [group]);
const standby = cluster.nodes.find((node) => node !== group.preferred) ?? '';

test('every client of a service is told what to expect', () => {
  const told = expectation(topology, plan, [{ kind: 'node-power-cut', host: group.preferred }], []);
  expect(told.map(({ client }) => client)).toEqual(plan.clients.slice(1).map(({ name }) => name));
  expect(told.every(({ state, phases }) => state === 'interrupted' && phases[0]?.kind === 'detection')).toBe(true);
});

test('a prediction is made for the node that runs the group, wherever its home is', () => {
  const fault = [{ kind: 'node-power-cut', host: standby }] as const;
  expect(expectation(topology, plan, fault, [])[0]?.state).not.toBe('interrupted');
  expect(expectation(asRunning(pair, pair.allOn(lookup(topology).host(standby).name)), plan, fault, [])[0]?.state).toBe(
    'interrupted',
  );
});

test('step times come from the measured switch', () => {
  const fault = [{ kind: 'planned-switch', host: group.preferred }] as const;
  const told = expectation(topology, plan, fault, [{ interruption: 100_000 }])[0];
  expect(((told?.lower ?? 0) + (told?.upper ?? 0)) / 2).toBeCloseTo(100_000, -3);
});

test('without a fault everything works', () => {
  const told = expectation(topology, plan, [], []);
  expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['works']));
});

test('the switches of a group itself give its step times, and those of others only where it has none', () => {
  const [own, other] = [{ group: group.id, interruption: 40_000 }, { interruption: 100_000 }];
  expect(stepTimes(topology, [other, own], group.id)).toEqual(stepTimes(topology, [own]));
  expect(stepTimes(topology, [other], group.id)).toEqual(stepTimes(topology, [other]));
  expect(stepTimes(topology, [], group.id)).toBe(defaultStepTimes);
});
