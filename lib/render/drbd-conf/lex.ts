import type { SyntaxFault } from '../source';
import { commentText } from '../text';

/** A piece of a drbd.conf(5) file. */
export interface Token {
  readonly kind: 'word' | 'string' | 'comment' | '{' | '}' | ';';
  /** A string without quotes and escapes; a comment without its hash. */
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

// drbdadm knows no line continuation; a string that runs on is looked for on this many further lines.
const MAXIMUM_RUN_ON_LINES = 3;

const PATTERN =
  /(?<newline>\n)|(?<blank>[^\S\n]+)|#(?<comment>[^\n]*)|(?<mark>[{};])|(?<quote>")|(?<word>[^\s{};"#]+)/gu;

/** The tokens of a text, and faults of its strings (E2). Never throws. */
export function lex(
  text: string,
  file?: string,
): { readonly tokens: readonly Token[]; readonly faults: SyntaxFault[] } {
  const tokens: Token[] = [];
  const faults: SyntaxFault[] = [];
  let line = 1;
  PATTERN.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  for (let match = PATTERN.exec(text); match; match = PATTERN.exec(text)) {
    const start = match.index;
    const end = PATTERN.lastIndex;
    const groups = match.groups ?? {};
    if (groups['newline'] !== undefined) line += 1;
    else if (groups['comment'] !== undefined)
      tokens.push({ kind: 'comment', text: commentText(groups['comment']), line, start, end });
    else if (groups['mark'] !== undefined)
      tokens.push({ kind: groups['mark'] as '{' | '}' | ';', text: '', line, start, end });
    else if (groups['word'] !== undefined) tokens.push({ kind: 'word', text: groups['word'], line, start, end });
    else if (groups['quote'] !== undefined) {
      const scanned = scanString(text, end);
      if (scanned.problem !== undefined)
        faults.push({ message: scanned.problem, location: { file, line }, requirement: 'E2' });
      tokens.push({ kind: 'string', text: scanned.text, line, start, end: scanned.end });
      line += scanned.lines;
      PATTERN.lastIndex = scanned.end;
    }
  }
  return { tokens, faults };
}

interface ScannedString {
  readonly text: string;
  readonly end: number;
  /** Line ends inside the string. */
  readonly lines: number;
  readonly problem?: string;
}

function scanString(source: string, from: number): ScannedString {
  const ends: number[] = [];
  let end = from;
  for (; end < source.length; end += 1) {
    const character = source[end];
    if (character === '"') break;
    if (character === '\\' && source[end + 1] !== '\n') end += 1;
    else if (character === '\n' && ends.push(end) > MAXIMUM_RUN_ON_LINES) break;
  }
  const closed = source[end] === '"';
  const firstEnd = ends[0];
  if (closed && firstEnd === undefined) return { text: unescape(source.slice(from, end)), end: end + 1, lines: 0 };
  // A quote that is followed by a further word opens the next string; one that ends a statement closes this one.
  if (closed && /^[^\S\n]*[;{\n]/u.test(source.slice(end + 1, end + 64)))
    return {
      text: unescape(source.slice(from, end).replaceAll(/\r?\n/gu, '')),
      end: end + 1,
      lines: ends.length,
      problem: 'quoted string runs over the end of the line; write it on one line',
    };
  const lineEnd = firstEnd ?? source.length;
  const rest = source.slice(from, lineEnd);
  const kept = rest.replace(/\s*;?\s*$/u, '');
  return {
    text: unescape(kept),
    end: from + kept.length,
    lines: 0,
    problem: 'quoted string is not closed; add the closing quote',
  };
}

const unescape = (text: string): string => text.replaceAll(/\\(.)/gu, '$1');

/** Indexes of the braces around what a `skip` passes over; `close` is absent when the file ends before it. */
export function skipBraces(
  tokens: readonly Token[],
  skip: number,
): { readonly open: number; readonly close?: number } | undefined {
  let open = skip + 1;
  while (tokens[open] && tokens[open]?.kind !== '{') open += 1;
  if (!tokens[open]) return undefined;
  let depth = 0;
  for (let index = open; tokens[index]; index += 1) {
    if (tokens[index]?.kind === '{') depth += 1;
    if (tokens[index]?.kind === '}') depth -= 1;
    if (depth === 0) return { open, close: index };
  }
  return { open };
}

/** What a text that is one whole `skip` passes over; undefined when it is anything else. */
export function skippedText(text: string): { readonly heading: string; readonly text: string } | undefined {
  const { tokens, faults } = lex(text);
  const braces = skipBraces(tokens, 0);
  const [head] = tokens;
  const open = tokens[braces?.open ?? -1];
  const close = tokens[braces?.close ?? -1];
  if (faults.length > 0 || !head || !open || !close || braces?.close !== tokens.length - 1) return undefined;
  return { heading: text.slice(head.end, open.start).trim(), text: text.slice(open.end, close.start) };
}
