import { parseText, quoted } from './text';
import { ValueError } from './value-error';

const ATTRIBUTE = '(?:[A-Za-z][A-Za-z0-9-]*|[0-2](?:\\.(?:0|[1-9][0-9]*))+)(?:;[A-Za-z0-9-]+)*';
const RULE = '(?:[A-Za-z][A-Za-z0-9-]*|[0-2](?:\\.(?:0|[1-9][0-9]*))+)';
const CHARACTER = '(?:[^()*\\\\]|\\\\[0-9A-Fa-f]{2})';
const ITEM = new RegExp(
  `^\\((?:${ATTRIBUTE}(?:=${CHARACTER}*(?:\\*${CHARACTER}+)*\\*?|[~<>]=${CHARACTER}*)` +
    `|(?:${ATTRIBUTE}(?::dn)?(?::${RULE})?|(?::dn)?:${RULE}):=${CHARACTER}*)\\)`,
  'u',
);

/**
 * A filter of LDAP (RFC 4515). Whether its attributes exist the server knows.
 * @throws ValueError `value/filter`
 */
export function parseFilter(text: string): string {
  parseText(text);
  if (filterEnd(text, 0, 0) !== text.length)
    throw new ValueError(
      'value/filter',
      "a filter must be in parentheses, like '(&(objectClass=person)(!(uid=x*)))', with * ( ) \\ in values as their numbers",
      quoted(text),
      'correct it',
    );
  return text;
}

/** As deep as slapd looks (slapd-config(5), olcMaxFilterDepth is 1000): no stack is used up on the way. */
const GREATEST_DEPTH = 500;

/** Where the filter that begins at a place ends; -1 where none does. */
function filterEnd(text: string, from: number, depth: number): number {
  const operator = /^\(([&|!])/.exec(text.slice(from, from + 2))?.[1];
  if (operator === undefined) {
    const item = ITEM.exec(text.slice(from));
    return item ? from + item[0].length : -1;
  }
  if (depth > GREATEST_DEPTH) return -1;
  let [at, count] = [from + 2, 0];
  while (text[at] === '(') {
    at = filterEnd(text, at, depth + 1);
    if (at < 0) return -1;
    count += 1;
  }
  const enough = operator === '!' ? count === 1 : count > 0;
  return enough && text[at] === ')' ? at + 1 : -1;
}
