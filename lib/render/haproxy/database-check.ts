import { MOST_MESSAGES, searchDone, searchEntry, searchRequest } from '../balancer/ldap-message';
import type { DatabaseSearch } from '../balancer/question';
import { FormatError } from '../format-error';
import type { HaproxyLine } from './syntax';

/**
 * Searches a server for the entry of a database and wants one of them to bring it. All answers are waited for first, so
 * that a server which has no such entry is refused at once and not after the timeout.
 */
export function databaseCheck({ bases, filter }: DatabaseSearch): readonly HaproxyLine[] {
  if (bases.length > MOST_MESSAGES)
    throw new FormatError({
      format: 'haproxy.cfg',
      what: 'a health check',
      problem: `would ask for more than ${MOST_MESSAGES} databases`,
      remedy: 'give the servers the same directories',
      value: String(bases.length),
    });
  const ids = bases.map((_, index) => index + 1);
  return [
    ['option', 'tcp-check'],
    ['tcp-check', 'connect'],
    ...bases.map((base, index): HaproxyLine => [
      'tcp-check',
      'send-binary',
      hexadecimal(searchRequest(index + 1, base, filter)),
    ]),
    ...ids.map((id): HaproxyLine => ['tcp-check', 'expect', 'binary', hexadecimal(searchDone(id))]),
    ['tcp-check', 'expect', 'min-recv', '0', ...anyOf(ids.map((id) => hexadecimal(searchEntry(id))))],
  ];
}

const anyOf = (patterns: readonly string[]): readonly string[] =>
  patterns.length === 1 ? ['binary', ...patterns] : ['rbinary', `(${patterns.join('|')})`];

const hexadecimal = (bytes: Buffer): string => bytes.toString('hex').toUpperCase();
