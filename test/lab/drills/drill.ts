import type { Session } from './session';

/** A drill: what is done to a pair that works, and what has to hold. */
export interface Drill {
  readonly name: string;
  /** One line for `docs/truth.md`. */
  readonly title: string;
  /** Does it; throws LabError where it cannot go on. Leaves the pair so that it becomes whole by itself. */
  readonly run: (session: Session) => Promise<void>;
}
