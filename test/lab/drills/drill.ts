import type { Pair } from './pair';
import type { Session } from './session';

/** A drill: what is done to a pair that works, and what has to hold. */
export interface Drill {
  readonly name: string;
  /** One line for `docs/truth.md`. */
  readonly title: string;
  /** Brings a pair that is whole to the state in which the drill begins. @default - any will do */
  readonly begins?: (pair: Pair, report: (line: string) => void) => Promise<void>;
  /** Does it; throws LabError where it cannot go on. Leaves the pair so that it becomes whole by itself. */
  readonly run: (session: Session) => Promise<void>;
}
