import { FormatError } from '../format-error';
import { byteLength, commentProblem, isUnprintable } from '../text';
import { skippedText } from './lex';
import { mayHold } from './placement';
import { headOf, type DrbdConf, type DrbdItem, type DrbdSection, type DrbdValue } from './syntax';

// The scanner of drbdadm ends a bare word after 128 characters, a quoted string after 255.
const MAXIMUM_WORD = 128;
const MAXIMUM_STRING = 255;

const KEYWORD = /^[a-zA-Z_][a-zA-Z0-9_-]*$/u;
const BARE_WORD = /^[a-zA-Z0-9/._:[\]%-]+$/u;

/**
 * Writes drbd.conf(5). `parse` of the result gives the same tree.
 * @throws FormatError for what the format can not hold: line breaks, sections in the wrong place, over-long words.
 */
export function print(conf: DrbdConf): string {
  return conf.items.map((item, index) => gap(conf.items, index) + printItem(item, undefined, 0)).join('');
}

/** A blank line between outermost sections, for readers; none between a comment and what it explains. */
function gap(items: readonly DrbdItem[], index: number): string {
  const before = items[index - 1];
  return before === undefined || before.kind === 'comment' || before.kind === 'include' ? '' : '\n';
}

function printItem(item: DrbdItem, around: string | undefined, depth: number): string {
  const indent = '  '.repeat(depth);
  switch (item.kind) {
    case 'comment':
      return `${indent}#${printComment(item.text)}\n`;
    case 'include':
      return `${indent}include ${printQuoted(item.pattern, 'the pattern of an include')};\n`;
    case 'skip':
      return `${indent}${printSkip(item.heading, item.text)}\n`;
    case 'option':
      return `${indent}${printOption(item.name, item.values, around)};\n`;
    case 'section':
      return printSection(item, around, depth, indent);
  }
}

function printOption(name: string, values: readonly DrbdValue[], around: string | undefined): string {
  const keyword = printKeyword(name, 'the name of an option');
  if (around === undefined) throw refuse(`option '${name}'`, 'stands outside every section', 'put it into one', name);
  if (name === 'include' && values.length === 1)
    throw refuse("an option with the name 'include'", 'would be read as an include', 'use an include', name);
  return [keyword, ...values.map((value) => printValue(value, `a value of option '${name}'`))].join(' ');
}

function printSection(part: DrbdSection, around: string | undefined, depth: number, indent: string): string {
  const keyword = printKeyword(part.name, 'the name of a section');
  if (!mayHold(around, part.name))
    throw refuse(
      `section '${headOf(part)}'`,
      around === undefined ? 'can not stand outside a resource' : `can not stand in section '${around}'`,
      'move it',
      part.name,
    );
  const head = [keyword, ...part.arguments.map((value) => printValue(value, `the name of section '${part.name}'`))];
  const body = part.body.map((item) => printItem(item, part.name, depth + 1)).join('');
  return `${indent}${head.join(' ')} {\n${body}${indent}}\n`;
}

function printKeyword(name: string, what: string): string {
  if (!KEYWORD.test(name) || name.length > MAXIMUM_WORD || name === 'skip')
    throw refuse(what, 'is no keyword of letters, digits, - and _', 'use a keyword of drbd.conf(5)', name);
  return name;
}

function printValue(value: DrbdValue, what: string): string {
  if ('quoted' in value) return printQuoted(value.quoted, what);
  if (!BARE_WORD.test(value.raw))
    throw refuse(what, 'has characters that end a bare word', 'write it as a quoted string', value.raw);
  if (value.raw.length > MAXIMUM_WORD)
    throw refuse(what, `is longer than ${MAXIMUM_WORD} characters`, 'shorten it', value.raw);
  return value.raw;
}

function printQuoted(text: string, what: string): string {
  if (isUnprintable(text.replaceAll('\t', ' ')))
    throw refuse(what, 'has a line break or control character', 'write it on one line', text);
  if (byteLength(text) > MAXIMUM_STRING)
    throw refuse(what, `is longer than ${MAXIMUM_STRING} bytes`, 'shorten it', text);
  return `"${text.replaceAll(/["\\]/gu, '\\$&')}"`;
}

function printComment(text: string): string {
  const fault = commentProblem(text);
  if (fault) throw refuse('a comment', fault.problem, fault.remedy, text);
  return text === '' ? '' : ` ${text}`;
}

function printSkip(heading: string, text: string): string {
  const printed = `skip ${heading}${heading === '' ? '' : ' '}{${text}}`;
  const read = skippedText(printed);
  if (read?.heading !== heading || read.text !== text || heading.includes('\n'))
    throw refuse("the text of a section 'skip'", 'has braces or quotes that do not match', 'balance them', text);
  return printed;
}

function refuse(what: string, problem: string, remedy: string, value: string): FormatError {
  return new FormatError({ format: 'drbd.conf', what, problem, remedy, value });
}
