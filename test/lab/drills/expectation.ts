import type { Fault } from '../../../lib/predict/fault';
import type { ServiceOutcome } from '../../../lib/predict/outcome';
import { calibrate } from '../../../lib/predict/calibrate';
import { predict } from '../../../lib/predict/predict';
import { defaultStepTimes, type StepTimes } from '../../../lib/predict/step-times';
import type { Topology } from '../../../lib/topology/topology';
import type { EntityId } from '../../../lib/topology/units';
import type { ClientPlan } from '../clients/plan';
import type { PredictedService } from './result';

/** Step times of the machines at hand: those of a planned switch that was measured, in milliseconds. */
export function stepTimes(topology: Topology, interruption: number | undefined): StepTimes {
  return interruption === undefined ? defaultStepTimes : calibrate(topology, { interruption });
}

/** The topology as it stands when a node runs every group: predictions begin with each group on its preferred node. */
export function asRunning(topology: Topology, active: EntityId): Topology {
  const clusters = topology.clusters.map((cluster) =>
    cluster.nodes.includes(active)
      ? { ...cluster, groups: cluster.groups.map((group) => ({ ...group, preferred: active })) }
      : cluster,
  );
  return { ...topology, clusters };
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
