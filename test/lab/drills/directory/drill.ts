import type { DirectorySession } from './session';

/** A drill of a directory whose servers all serve. */
export interface DirectoryDrill {
  readonly name: string;
  /** One line for `docs/truth.md`. */
  readonly title: string;
  /** Does it; throws LabError where it cannot go on. Leaves the servers so that all serve again by themselves. */
  readonly run: (session: DirectorySession) => Promise<void>;
}
