import type { EntityId } from '../topology/units';
import type { Effect } from './outcome';
import type { PairState } from './pair-state';

/** What one fault does in one state. */
export interface Step {
  /** What is broken, and where things run, when the dust has settled. */
  readonly state: PairState;
  /** By service; a service that is absent is not touched. */
  readonly effects: ReadonlyMap<EntityId, Effect>;
}
