import type { Topology } from '../topology/topology';
import { describeFault } from './describe-fault';
import { faultId, type Fault } from './fault';
import type { Prediction, ServiceOutcome } from './outcome';
import { predict } from './predict';
import { singleFaults } from './single-faults';
import { defaultStepTimes, type StepTimes } from './step-times';
import { outageText, riskText } from './wording';

/** The services that one fault treats alike. */
export interface PredictionRow {
  /** Id of the fault. */
  readonly fault: string;
  /** The fault in words. */
  readonly description: string;
  /** Names, in start order. */
  readonly services: readonly string[];
  /** These are all services of the deployment's clusters. */
  readonly all: boolean;
  /** The outcome of the service that waits longest. */
  readonly outcome: ServiceOutcome;
}

/** The rows of every single fault of a topology. */
export function predictionTable(topology: Topology, times: StepTimes = defaultStepTimes): readonly PredictionRow[] {
  return singleFaults(topology).flatMap((fault) => rowsOf(topology, predict(topology, fault, times)));
}

/**
 * The rows of one prediction: services with the same state, loss and remedy share one. What the fault does not touch has
 * no row, unless that is all.
 */
export function rowsOf(topology: Topology, prediction: Prediction): readonly PredictionRow[] {
  const description = prediction.faults.map((fault: Fault) => describeFault(topology, fault)).join(', then ');
  const groups = new Map<string, ServiceOutcome[]>();
  for (const outcome of prediction.services) {
    const key = JSON.stringify([outcome.state, outcome.dataAtRisk, outcome.person]);
    const group = groups.get(key);
    if (group) group.push(outcome);
    else groups.set(key, [outcome]);
  }
  const touched = [...groups.values()].filter(([first]) => first?.state !== 'works' || groups.size === 1);
  return touched.map((outcomes) => ({
    fault: prediction.faults.map(faultId).join(', then '),
    description,
    services: outcomes.map(({ name }) => name),
    all: outcomes.length === prediction.services.length,
    outcome: outcomes.reduce((longest, one) =>
      (one.timeline?.total.upper ?? 0) > (longest.timeline?.total.upper ?? 0) ? one : longest,
    ),
  }));
}

/** Heading of the cells of a row. */
export const PREDICTION_HEAD: readonly string[] = ['fault', 'services', 'outcome', 'outage', 'lost', 'who acts'];

/** A row as cells, for a table of text or of a report. */
export function cellsOf({ description, services, all, outcome }: PredictionRow): readonly string[] {
  return [
    description,
    all ? 'all' : services.join(', '),
    outcome.state,
    outageText(outcome),
    riskText(outcome.dataAtRisk),
    outcome.person === '' ? 'nobody' : 'a person',
  ];
}
