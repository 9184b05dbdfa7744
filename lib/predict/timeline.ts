import type { Milliseconds } from '../topology/units';
import { sum, type Interval } from './interval';

/** What happens in a phase. */
export type PhaseKind =
  'detection' | 'fencing' | 'takeover' | 'stop' | 'start' | 'recovery' | 'boot' | 'wait' | 'client';

/** One step of an outage. */
export interface Phase {
  readonly kind: PhaseKind;
  /** What is done, for instance `mount /var/lib/ldap`. */
  readonly text: string;
  readonly duration: Interval;
}

/** An outage from its beginning to its end. */
export interface Timeline {
  /** In the order in which they happen, one after the other. */
  readonly phases: readonly Phase[];
  /**
   * From the last sign of life (heartbeat, probe, ping) before the fault, or from the return of power, to the first
   * answer that a client gets.
   */
  readonly total: Interval;
  /**
   * What a measurement that begins with the fault itself may be shorter by: a fault falls anywhere between two signs
   * of life. A drill that puts its fault right after one of them measures `total`.
   */
  readonly sooner: Milliseconds;
  /** Who waits: all clients, or only those that write. */
  readonly waits: 'clients' | 'writers';
}

/** A phase. */
export function phase(kind: PhaseKind, text: string, duration: Interval): Phase {
  return { kind, text, duration };
}

/** The timeline of phases that follow each other. */
export function timelineOf(
  phases: readonly Phase[],
  sooner: Milliseconds = 0,
  waits: Timeline['waits'] = 'clients',
): Timeline {
  return { phases, total: sum(phases.map(({ duration }) => duration)), sooner, waits };
}
