import { FormatError } from '../format-error';
import { isUnprintable } from '../text';

/**
 * A distinguished name in quotes, inside a value of `cn=config`. slapd takes a quote as the end of the word and a
 * backslash for itself there (lutil's strtok_quote for LDIF), so quotes are written by number; and characters outside
 * ASCII too, which keeps the value out of base64 (RFC 4514, section 2.4).
 */
export function quotedName(name: string): string {
  return `"${byNumber(printable(name, 'a distinguished name').replaceAll('\\"', '\\22'), (hex) => `\\${hex}`)}"`;
}

/** A filter of RFC 4515 in quotes, inside a value of `cn=config`. */
export function quotedFilter(filter: string): string {
  return `"${byNumber(printable(filter, 'a filter'), (hex) => `\\${hex}`)}"`;
}

function printable(text: string, what: string): string {
  if (!isUnprintable(text)) return text;
  throw new FormatError({
    format: 'slapd.ldif',
    what,
    problem: 'holds a control character',
    remedy: 'escape it by its number',
    value: text,
  });
}

/** Quotes and characters outside ASCII as the numbers of their bytes. */
function byNumber(text: string, written: (hex: string) => string): string {
  return [...text]
    .map((character) =>
      character === '"' || character > '~'
        ? [...Buffer.from(character, 'utf8')].map((byte) => written(byte.toString(16).padStart(2, '0'))).join('')
        : character,
    )
    .join('');
}
