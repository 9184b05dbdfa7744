import type { LineDifference } from './file-drift';

/** The first line in which two texts differ, and how many lines do, insertions and removals moving none of them. */
export function compareLines(
  rendered: string,
  found: string,
): { readonly first: LineDifference; readonly lines: number } | undefined {
  if (rendered === found) return undefined;
  const [expected, actual] = [linesOf(rendered), linesOf(found)];
  let start = 0;
  while (start < expected.length && start < actual.length && expected[start] === actual[start]) start += 1;
  let end = 0;
  while (
    end < expected.length - start &&
    end < actual.length - start &&
    expected[expected.length - 1 - end] === actual[actual.length - 1 - end]
  )
    end += 1;
  const first = { line: start + 1, rendered: expected[start], found: actual[start] };
  return { first, lines: Math.max(expected.length, actual.length) - start - end };
}

/** Lines with their ends, but for the usual one: a missing last newline is a difference that is seen. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  else lines.push(`${lines.pop() ?? ''} (no newline at the end)`);
  return lines;
}
