import { nameProblem } from '../../topology/name-syntax';
import { parseText, quoted } from './text';
import { ValueError } from './value-error';

// RFC 4514: attribute type, '=', then characters or escapes
const ATTRIBUTE = '(?:[A-Za-z][A-Za-z0-9-]*|[0-9]+(?:\\.[0-9]+)+)';
const VALUE = '(?:[^\\\\,+"<>;=\\u0000#\\s]|\\\\(?:[\\\\,+"<>;= #]|[0-9A-Fa-f]{2})|(?<!=)[#= ])+(?<! )';
const RDN = `${ATTRIBUTE}=${VALUE}(?:\\+${ATTRIBUTE}=${VALUE})*`;
const NAME = new RegExp(`^${RDN}(?:,${RDN})*$`, 'u');

/**
 * A distinguished name in the string form of RFC 4514, without spaces around `,` and `=`.
 * @throws ValueError `value/distinguished-name`
 */
export function parseDistinguishedName(text: string): string {
  parseText(text);
  if (!NAME.test(text)) {
    throw new ValueError(
      'value/distinguished-name',
      'a distinguished name must be attribute=value parts with commas between, special characters escaped',
      quoted(text),
      "give it like 'dc=example,dc=com'",
    );
  }
  return text;
}

/**
 * The name of a directory's suffix: attributes whose values slapd accepts for their syntax.
 * @throws ValueError `value/distinguished-name`, `value/suffix`
 */
export function parseSuffix(text: string): string {
  parseDistinguishedName(text);
  const found = nameProblem(text);
  if (found) throw new ValueError('value/suffix', found.problem, quoted(found.value), found.remedy);
  return text;
}
