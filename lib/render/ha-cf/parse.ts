import type { Parsed, SourceLocation, SyntaxFault } from '../source';
import { sortFaults } from '../source';
import { byteLength, commentText } from '../text';
import { BEFORE_MEDIA, formOf, isMedium } from './directives';
import type { HaCf, HaCfDirective, HaCfItem } from './syntax';

/** Bytes of a line that heartbeat reads at once; the rest would be taken for the next line. */
export const MAXIMUM_LINE = 1000;

/**
 * Reads ha.cf(5) as heartbeat does: a hash begins a comment wherever it stands, there are no quotes and no
 * continued lines. Never throws.
 */
export function parse(text: string, file?: string): Parsed<HaCf> {
  const items: HaCfItem[] = [];
  const errors: SyntaxFault[] = [];
  const lines = text.replace(/^\uFEFF/u, '').split('\n');
  lines.forEach((line, index) => {
    const location: SourceLocation = file === undefined ? { line: index + 1 } : { file, line: index + 1 };
    const hash = line.indexOf('#');
    if (hash >= 0) items.push({ kind: 'comment', text: commentText(line.slice(hash + 1)), location });
    const [name, ...rest] = blankWords(hash >= 0 ? line.slice(0, hash) : line);
    if (name === undefined) return;
    const words =
      formOf(name) === 'list' ? rest.flatMap((word) => word.split(',')).filter((word) => word !== '') : rest;
    items.push({ kind: 'directive', name, words, location });
    errors.push(...lineFaults(name, words, line, location));
  });
  return { tree: { items }, errors: sortFaults([...errors, ...orderFaults(items)]) };
}

const blankWords = (line: string): string[] => line.split(/[ \t\r\f]+/u).filter((word) => word !== '');

function lineFaults(name: string, words: readonly string[], line: string, location: SourceLocation): SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  if (words.length === 0)
    faults.push({ message: `directive '${name}' has no value; heartbeat ignores it, add one or remove it`, location });
  if (byteLength(line) > MAXIMUM_LINE)
    faults.push({ message: `line is longer than ${MAXIMUM_LINE} bytes; divide it into several directives`, location });
  if (words.at(-1) === '\\')
    faults.push({
      message: `directive '${name}' ends with a backslash; ha.cf has no continued lines, join them`,
      location,
    });
  return faults;
}

/** Settings that come too late: heartbeat does not apply `udpport` and `baud` to media before them. */
function orderFaults(items: readonly HaCfItem[]): SyntaxFault[] {
  let medium: HaCfDirective | undefined;
  const faults: SyntaxFault[] = [];
  for (const item of items) {
    if (item.kind === 'comment' || item.location === undefined) continue;
    if (medium && BEFORE_MEDIA.has(item.name))
      faults.push({
        message: `'${item.name}' comes after '${medium.name}' (line ${medium.location?.line}) and does not apply to it; move it before the first medium`,
        location: item.location,
      });
    if (!medium && isMedium(item.name)) medium = item;
  }
  return faults;
}
