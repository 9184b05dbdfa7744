import type { Topology } from '../topology/topology';
import type { EntityId, Milliseconds } from '../topology/units';
import { plannedSwitch } from './faults/planned-switch';
import { middle, scaled, type Interval } from './interval';
import { initialState } from './pair-state';
import { defaultStepTimes, type StepTimes } from './step-times';
import { worldOf } from './world';

/** A planned switch that was measured. */
export interface MeasuredSwitch {
  /** From the last answer on the old node to the first on the new one, of the service that came last. */
  readonly interruption: Milliseconds;
  /** The group that was switched. @default - the first group of the first cluster */
  readonly group?: EntityId;
}

/**
 * Step times for the machines on which planned switches were measured. A switch runs all stops and starts of a group and
 * nothing else, so the steps of members are scaled until the middle of the prediction is the measured time. Of several
 * switches the mean counts: one of them says how fast a node was in that minute, and each node starts in one direction
 * only. Detection, fencing, boots and clients stay: they do not depend on how fast a node starts its processes.
 * @throws RangeError when nothing was measured, a group is not there, or a time is not longer than a client's retry
 */
export function calibrate(
  topology: Topology,
  measured: MeasuredSwitch | readonly MeasuredSwitch[],
  times: StepTimes = defaultStepTimes,
): StepTimes {
  const factors = [measured].flat().map((one) => factorOf(topology, one, times));
  if (factors.length === 0) throw new RangeError('predict/calibrate: no planned switch was measured');
  const mean = factors.reduce((total, factor) => total + factor, 0) / factors.length;
  return withMembers(times, (step) => scaled(step, mean));
}

/** By what the steps of members differ from the given ones. */
function factorOf(topology: Topology, { interruption, group }: MeasuredSwitch, times: StepTimes): number {
  const world = worldOf(topology, times);
  const chosen = topology.clusters
    .flatMap((cluster) => cluster.groups)
    .find((candidate) => group === undefined || candidate.id === group);
  if (!chosen) throw new RangeError(`predict/calibrate: no resource group '${group ?? ''}' in the topology`);
  const { effects } = plannedSwitch(world, initialState(world), chosen.preferred);
  const predicted = Math.max(
    0,
    ...world.placed
      .filter((one) => one.group === chosen)
      .map(({ service }) => effects.get(service.id)?.timeline)
      .map((timeline) => (timeline ? middle(timeline.total) : 0)),
  );
  const retry = middle(times.client);
  const factor = (interruption - retry) / (predicted - retry);
  if (!(Number.isFinite(factor) && factor > 0))
    throw new RangeError(
      `predict/calibrate: the measured switch (${interruption} ms) must be longer than the retry of a client (${retry} ms), and the group must have members`,
    );
  return factor;
}

function withMembers(times: StepTimes, scale: (step: Interval) => Interval): StepTimes {
  const services = Object.entries(times.services).map(([kind, { start, recovery, stop }]) => [
    kind,
    { start: scale(start), recovery: scale(recovery), stop: scale(stop) },
  ]);
  return {
    ...times,
    takeover: scale(times.takeover),
    handover: scale(times.handover),
    activation: scale(times.activation),
    deactivation: scale(times.deactivation),
    mount: scale(times.mount),
    journal: scale(times.journal),
    unmount: scale(times.unmount),
    address: scale(times.address),
    addressStop: scale(times.addressStop),
    other: scale(times.other),
    services: Object.fromEntries(services) as StepTimes['services'],
  };
}
