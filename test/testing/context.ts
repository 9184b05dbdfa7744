import type { MatcherContext, SnapshotCounters, SnapshotMode } from '../../lib/testing/matcher-context';

/** A matcher's `this` in a mode of jest other than the one that runs, with counters of its own. */
export function contextIn(
  mode: SnapshotMode,
  testPath: string,
  isNot = false,
): MatcherContext & { readonly snapshotState: SnapshotCounters } {
  const snapshotState = { _updateSnapshot: mode, added: 0, matched: 0, unmatched: 0, updated: 0 };
  let utils: MatcherContext['utils'] | undefined;
  expect.extend({
    lendUtilities() {
      ({ utils } = this as MatcherContext);
      return { pass: true, message: () => '' };
    },
  });
  (expect(0) as unknown as { lendUtilities(): void }).lendUtilities();
  if (!utils) throw new Error('jest gave no utilities to the matcher');
  return { isNot, testPath, snapshotState, utils };
}
