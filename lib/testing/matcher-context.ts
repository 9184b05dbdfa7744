/** What jest gives to a matcher as `this`, as far as the matchers of this package use it. */
export interface MatcherContext {
  readonly isNot?: boolean;
  /** Whole difference instead of the lines around it (`jest --expand`). */
  readonly expand?: boolean;
  /** Absolute path of the running test file. */
  readonly testPath?: string;
  readonly utils: {
    diff(expected: string, received: string, options?: DiffOptions): string | null;
    matcherHint(name: string, received?: string, expected?: string, options?: { readonly isNot?: boolean }): string;
  };
  readonly snapshotState?: SnapshotCounters;
}

/** How a difference is shown. */
export interface DiffOptions {
  readonly aAnnotation?: string;
  readonly bAnnotation?: string;
  readonly contextLines?: number;
  readonly expand?: boolean;
}

/** Jest's state of the snapshots of one test file: what its summary counts, and whether they may be written. */
export interface SnapshotCounters {
  // Jest gives matchers no other way to see `--ci` and `--updateSnapshot`.
  readonly _updateSnapshot?: SnapshotMode;
  added: number;
  matched: number;
  unmatched: number;
  updated: number;
}

/** `none`: write nothing (`--ci`); `new`: write what is missing; `all`: write what differs too (`--updateSnapshot`). */
export type SnapshotMode = 'none' | 'new' | 'all';

/** What a matcher returns. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Whether golden files may be written; nothing is written where the test runner does not say so. */
export function snapshotMode(context: MatcherContext): SnapshotMode {
  return context.snapshotState?._updateSnapshot ?? 'none';
}

/** The call as jest shows it above a failure. */
export function hint(context: MatcherContext, name: string, expected: string): string {
  return context.utils.matcherHint(name, 'deployment', expected, { isNot: context.isNot ?? false });
}
