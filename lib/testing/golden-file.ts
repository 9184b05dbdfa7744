import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { MatcherContext } from './matcher-context';
import { snapshotMode } from './matcher-context';

/** A text and the golden file it must equal. */
export interface GoldenFile {
  /** As messages name it, for instance `ox1:/etc/drbd.conf`. */
  readonly title: string;
  /** Absolute path of the golden file. */
  readonly path: string;
  readonly content: string;
}

/**
 * Compares a text with its golden file; writes the golden file where jest's mode allows it, and counts it in jest's
 * summary of snapshots.
 *
 * @returns what is wrong, or nothing
 */
export function compareWithGolden(context: MatcherContext, golden: GoldenFile): string | undefined {
  const counters = context.snapshotState;
  const expected = existsSync(golden.path) ? readFileSync(golden.path, 'utf8') : undefined;
  if (expected === golden.content) {
    if (counters) counters.matched++;
    return undefined;
  }
  const mode = snapshotMode(context);
  if (mode === 'all' || (mode === 'new' && expected === undefined)) {
    mkdirSync(dirname(golden.path), { recursive: true });
    writeFileSync(golden.path, golden.content);
    if (counters && expected === undefined) counters.added++;
    else if (counters) counters.updated++;
    return undefined;
  }
  if (counters) counters.unmatched++;
  if (expected === undefined) {
    return `${golden.title} has no golden file (${shown(golden.path)}); run the test once without --ci and commit the file`;
  }
  return `${golden.title} differs from its golden file (${shown(golden.path)})\n\n${difference(context, expected, golden.content)}`;
}

/** Deletes golden files that nothing is compared with any more, and the directories that it leaves empty up to `root`. */
export function removeStale(context: MatcherContext, root: string, paths: readonly string[]): void {
  for (const path of paths) {
    rmSync(path);
    if (context.snapshotState) context.snapshotState.updated++;
    for (let directory = dirname(path); directory !== root; directory = dirname(directory)) {
      if (readdirSync(directory).length > 0) break;
      rmdirSync(directory);
    }
  }
}

/** All files below a directory, sorted; none when there is no such directory. */
export function filesBelow(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => !statSync(path).isDirectory())
    .sort();
}

/** A path as messages show it: from where the test was started. */
export function shown(path: string): string {
  return relative(process.cwd(), path);
}

function difference(context: MatcherContext, expected: string, received: string): string {
  const options = {
    aAnnotation: 'Golden file',
    bAnnotation: 'Rendered',
    contextLines: 3,
    expand: context.expand ?? false,
  };
  return context.utils.diff(expected, received, options) ?? '';
}
