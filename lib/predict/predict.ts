import type { Topology } from '../topology/topology';
import { applyFault } from './apply-fault';
import { faultId, type Fault } from './fault';
import { works, type Effect, type Prediction } from './outcome';
import { initialState } from './pair-state';
import { defaultStepTimes, type StepTimes } from './step-times';
import { worldOf } from './world';

/**
 * What a fault does to every service that a cluster runs. Of a sequence the last fault is told, in the state that the
 * ones before it left behind: each has been dealt with by the cluster, by nobody else, before the next comes. It begins
 * with everything working and every group on its preferred node.
 * @param times @default - `defaultStepTimes`; see `calibrate` for those of a measured planned switch
 */
export function predict(
  topology: Topology,
  faults: Fault | readonly Fault[],
  times: StepTimes = defaultStepTimes,
): Prediction {
  const world = worldOf(topology, times);
  const sequence: readonly Fault[] = 'kind' in faults ? [faults] : faults;
  let state = initialState(world);
  let effects = new Map<string, Effect>();
  for (const fault of sequence) {
    const step = applyFault(world, state, fault);
    effects = new Map(
      world.placed.map(({ service }) => [
        service.id,
        merged(fault, effects.get(service.id), step.effects.get(service.id)),
      ]),
    );
    state = step.state;
  }
  return {
    id: sequence.map(faultId).join(', then '),
    faults: sequence,
    services: world.placed.map(({ service, group }) => ({
      service: service.id,
      name: service.name,
      group: group.id,
      ...(effects.get(service.id) ?? UNTOUCHED),
    })),
  };
}

const UNTOUCHED = works('nothing that it needs is touched');

/** A fault that leaves a service alone does not mend what an earlier one did to it; the return of a node does. */
function merged(fault: Fault, earlier: Effect | undefined, now: Effect | undefined): Effect {
  if (now !== undefined && (now.state !== 'works' || fault.kind === 'node-return')) return now;
  if (earlier === undefined || earlier.state === 'works' || earlier.state === 'interrupted') return now ?? UNTOUCHED;
  return { ...earlier, timeline: undefined };
}
