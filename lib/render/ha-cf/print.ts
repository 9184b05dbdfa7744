import { byteLength, commentProblem, isUnprintable } from '../text';
import { formOf } from './directives';
import { MAXIMUM_LINE } from './parse';
import { refuse } from './refuse';
import type { HaCf, HaCfItem } from './syntax';

const NAME = /^[a-z][a-z0-9_]*$/u;

/**
 * Writes ha.cf(5). `parse` of the result gives the same tree.
 * @throws FormatError for what the format can not hold; it has neither quotes nor continued lines.
 */
export function print(file: HaCf): string {
  return file.items.map((item) => `${printItem(item)}\n`).join('');
}

function printItem(item: HaCfItem): string {
  if (item.kind === 'comment') return printComment(item.text);
  if (!NAME.test(item.name))
    throw refuse(
      'the name of a directive',
      'is not made of lower-case letters, digits and _',
      'use a directive of ha.cf(5)',
      item.name,
    );
  const line = [item.name, ...item.words.map((word) => printWord(item.name, word))].join(' ');
  if (byteLength(line) > MAXIMUM_LINE)
    throw refuse(
      `directive '${item.name}'`,
      `makes a line longer than ${MAXIMUM_LINE} bytes`,
      'shorten its values',
      line,
    );
  return line;
}

function printWord(name: string, word: string): string {
  const what = `a value of directive '${name}'`;
  if (word === '') throw refuse(what, 'is empty', 'leave the value out', word);
  if (/\s/u.test(word) || isUnprintable(word))
    throw refuse(what, 'has a blank or control character', 'ha.cf has no quotes, use another value', word);
  if (word.includes('#')) throw refuse(what, "has a '#', which begins a comment", 'use another value', word);
  if (word.includes('\\')) throw refuse(what, 'has a backslash', 'use another value', word);
  if (formOf(name) === 'list' && word.includes(','))
    throw refuse(what, 'has a comma, which divides values', 'give each value by itself', word);
  return word;
}

function printComment(text: string): string {
  const fault = commentProblem(text, MAXIMUM_LINE);
  if (fault) throw refuse('a comment', fault.problem, fault.remedy, text);
  return text === '' ? '#' : `# ${text}`;
}
