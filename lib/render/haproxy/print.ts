import { FormatError } from '../format-error';
import { matching } from '../pattern';
import type { HaproxyLine, HaproxySection } from './syntax';

/** What HAProxy takes as a word without quotes and without a meaning of its own. */
const WORD = /^[A-Za-z0-9_.:,/@()|!+[\]-]+$/;

/** HAProxy cuts longer lines off (`LINESIZE`). */
const LONGEST_LINE = 2047;

/** The text of sections of haproxy.cfg. */
export function print(sections: readonly HaproxySection[]): string {
  return sections
    .map(({ kind, name, lines }) =>
      [[kind, ...(name === undefined ? [] : [proxyName(name)])].join(' '), ...lines.map((line) => `    ${text(line)}`)]
        .map((line) => `${line}\n`)
        .join(''),
    )
    .join('\n');
}

function text(words: HaproxyLine): string {
  const line = words
    .map((word) =>
      matching({
        format: 'haproxy.cfg',
        what: `a word of '${words[0]}'`,
        value: word,
        pattern: WORD,
        problem: 'has characters that mean something else there',
        remedy: 'give what it comes from another name',
      }),
    )
    .join(' ');
  if (line.length <= LONGEST_LINE) return line;
  throw new FormatError({
    format: 'haproxy.cfg',
    what: `the line of '${words[0]}'`,
    problem: `is longer than ${LONGEST_LINE} characters`,
    remedy: 'shorten the suffix of the directory',
    value: line,
  });
}

function proxyName(value: string): string {
  return matching({
    format: 'haproxy.cfg',
    what: 'the name of a load balancer',
    value,
    pattern: /^[A-Za-z0-9_.:-]+$/,
    problem: "is not of letters, digits, '_', '.', ':' and '-' alone",
    remedy: 'give it another name',
  });
}
