import type { Fault } from '../../../lib/predict/fault';
import type { ServiceOutcome } from '../../../lib/predict/outcome';
import { calibrate, type MeasuredSwitch } from '../../../lib/predict/calibrate';
import { predict } from '../../../lib/predict/predict';
import { defaultStepTimes, type StepTimes } from '../../../lib/predict/step-times';
import { lookup } from '../../../lib/topology/lookup';
import type { Topology } from '../../../lib/topology/topology';
import type { EntityId } from '../../../lib/topology/units';
import type { ClientPlan } from '../clients/plan';
import type { Pair, Placement } from './pair';
import type { PredictedService } from './result';

/**
 * Step times of the machines at hand for a resource group: those of its own planned switches, else of others that were
 * measured. Groups differ in how long their services take beside what the table of sizes says: one of mail took 73 s where
 * one of directory and database took 50.
 */
export function stepTimes(topology: Topology, switches: readonly MeasuredSwitch[], group?: EntityId): StepTimes {
  const own = switchesOf(switches, group);
  const known = own.length > 0 ? own : switches;
  return known.length === 0 ? defaultStepTimes : calibrate(topology, known);
}

/** The switches of a group. */
export function switchesOf(switches: readonly MeasuredSwitch[], group?: EntityId): readonly MeasuredSwitch[] {
  return switches.filter((one) => one.group === group);
}

/** The topology as it stands with the groups of a pair where they run: predictions begin with each on its preferred node. */
export function asRunning(pair: Pair, placement: Placement): Topology {
  const { topology, cluster } = pair;
  const groups = cluster.groups.map((group) => {
    const node = placement[group.name];
    return node === undefined ? group : { ...group, preferred: pair.id(node) };
  });
  return { ...topology, clusters: topology.clusters.map((one) => (one === cluster ? { ...cluster, groups } : one)) };
}

/** What the clients of a plan have to expect of faults that follow each other. */
export function expectation(
  topology: Topology,
  plan: ClientPlan,
  faults: readonly Fault[],
  switches: readonly MeasuredSwitch[],
): readonly PredictedService[] {
  const { groupOf } = lookup(topology);
  return plan.clients.flatMap(({ name, service }) => {
    if (service === undefined) return [];
    const times = stepTimes(topology, switches, groupOf(service)?.group.id);
    const outcome = predict(topology, faults, times).services.find((one) => one.service === service);
    return outcome ? [predictedService(name, outcome)] : [];
  });
}

/** A prediction as results write it down. */
export function predictedService(
  client: string,
  { state, cause, timeline }: Pick<ServiceOutcome, 'state' | 'cause' | 'timeline'>,
): PredictedService {
  if (!timeline) return { client, state, cause, phases: [] };
  return {
    client,
    state,
    cause,
    ...timeline.total,
    sooner: timeline.sooner,
    writersOnly: timeline.waits === 'writers',
    phases: timeline.phases.map(({ kind, text, duration }) => ({ kind, text, ...duration })),
  };
}
