import type { Fault } from '../../../lib/predict/fault';
import type { ServiceOutcome } from '../../../lib/predict/outcome';
import { calibrate, type MeasuredSwitch } from '../../../lib/predict/calibrate';
import { predict } from '../../../lib/predict/predict';
import { defaultStepTimes, type StepTimes } from '../../../lib/predict/step-times';
import type { Topology } from '../../../lib/topology/topology';
import type { ClientPlan } from '../clients/plan';
import type { Pair, Placement } from './pair';
import type { PredictedService } from './result';

/** Step times of the machines at hand: those of planned switches that were measured. */
export function stepTimes(topology: Topology, switches: readonly MeasuredSwitch[]): StepTimes {
  return switches.length === 0 ? defaultStepTimes : calibrate(topology, switches);
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
  times: StepTimes,
): readonly PredictedService[] {
  const { services } = predict(topology, faults, times);
  return plan.clients.flatMap(({ name, service }) => {
    const outcome = services.find((one) => one.service === service);
    return outcome ? [predictedService(name, outcome)] : [];
  });
}

function predictedService(client: string, { state, cause, timeline }: ServiceOutcome): PredictedService {
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
