/** Characters that no line of a text file may hold: controls, line separators, halves of a surrogate pair. */
const UNPRINTABLE = /[\p{Cc}\p{Surrogate}\u2028\u2029]/u;

/** True when the text has a character that would end or garble a line. A tab counts. */
export function isUnprintable(text: string): boolean {
  return UNPRINTABLE.test(text);
}

/** Length of a text as a daemon counts it. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** The text of a comment as parsers keep it: without the blank behind the comment sign and blanks at the end. */
export function commentText(written: string): string {
  return written.replace(/^ /u, '').trimEnd();
}

/** Why a text can not be a comment on one line, and what to do. */
export function commentProblem(text: string, maximum = Infinity): { problem: string; remedy: string } | undefined {
  if (isUnprintable(text.replaceAll('\t', ' ')))
    return { problem: 'has a line break or control character', remedy: 'write it on one line' };
  if (text !== text.trimEnd()) return { problem: 'ends with a blank', remedy: 'remove it' };
  if (byteLength(text) > maximum)
    return { problem: `is longer than ${maximum} bytes`, remedy: 'divide it into several' };
  return undefined;
}
