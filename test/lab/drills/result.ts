import type { PhaseKind } from '../../../lib/predict/timeline';
import type { ServiceState } from '../../../lib/predict/outcome';
import type { Comparison } from '../clients/verify';

/** What was predicted for a service before the fault. Times in milliseconds. */
export interface PredictedService {
  /** Name of its client. */
  readonly client: string;
  readonly state: ServiceState;
  readonly cause: string;
  readonly lower?: number;
  readonly upper?: number;
  readonly sooner?: number;
  /** Only those that write wait. */
  readonly writersOnly?: boolean;
  readonly phases: readonly {
    readonly kind: PhaseKind;
    readonly text: string;
    readonly lower: number;
    readonly upper: number;
  }[];
}

/** What a client saw. Times in milliseconds. */
export interface MeasuredClient {
  readonly client: string;
  /** From the last answer before the longest outage to the first after it; absent without an end. */
  readonly outage?: number;
  /** From the fault to the first answer after the outage. */
  readonly sinceFault?: number;
  /** Operations that failed in that time. */
  readonly failed: number;
  readonly ended: boolean;
}

/** One thing that had to hold. */
export interface Check {
  readonly what: string;
  readonly held: boolean;
  readonly detail: string;
  /** A time beside its prediction, which says nothing on a machine that others slow down. */
  readonly timed?: true;
}

/** Something that happened, in milliseconds since the fault. */
export interface DrillEvent {
  readonly at: number;
  readonly text: string;
}

/** Everything that is known of one run of a drill. */
export interface DrillResult {
  readonly drill: string;
  readonly title: string;
  readonly deployment: string;
  /** ISO 8601. */
  readonly date: string;
  /** Interruptions of the planned switches that the step times come from, in milliseconds; none: the default table. */
  readonly switches: readonly number[];
  /** Returns of directory servers that the times come from, in milliseconds; absent in drills of other kinds. */
  readonly returns?: readonly number[];
  /** Who ran the group before the fault. */
  readonly active: string;
  readonly measuredFrom: MeasuredFrom;
  readonly predicted: readonly PredictedService[];
  readonly measured: readonly MeasuredClient[];
  readonly ledgers: Readonly<Record<string, Comparison>>;
  readonly events: readonly DrillEvent[];
  readonly checks: readonly Check[];
  readonly passed: boolean;
  /** Seconds that all of it took. */
  readonly seconds: number;
  /** Share of this machine's processors that was given to others meanwhile, 0 to 1. */
  readonly stolen?: number;
}

/** Where the measured time begins: at the fault, or, for what an operator does, at the last answer before it. */
export type MeasuredFrom = 'fault' | 'last-answer';
