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

/** Attributes that can name a suffix: slapd knows their syntax without a schema file. */
const SUFFIX_ATTRIBUTES: Readonly<Record<string, { readonly pattern: RegExp; readonly syntax: string }>> = {
  dc: { pattern: /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/, syntax: 'one label of a domain name' },
  c: { pattern: /^[A-Za-z]{2}$/, syntax: 'a country code of two letters' },
  o: { pattern: /./u, syntax: 'text' },
  ou: { pattern: /./u, syntax: 'text' },
  l: { pattern: /./u, syntax: 'text' },
  st: { pattern: /./u, syntax: 'text' },
  cn: { pattern: /./u, syntax: 'text' },
};

/**
 * The name of a directory's suffix: attributes whose values slapd accepts for their syntax.
 * @throws ValueError `value/distinguished-name`, `value/suffix`
 */
export function parseSuffix(text: string): string {
  parseDistinguishedName(text);
  for (const part of text.match(/(?:\\.|[^,+\\])+/gsu) ?? []) {
    const [type = '', value = ''] = splitOnce(part);
    const known = SUFFIX_ATTRIBUTES[type.toLowerCase()];
    if (!known) {
      const names = Object.keys(SUFFIX_ATTRIBUTES).join(', ');
      throw new ValueError(
        'value/suffix',
        'a suffix has an attribute that names no suffix',
        quoted(type),
        `use ${names}`,
      );
    }
    if (!known.pattern.test(value)) {
      throw new ValueError(
        'value/suffix',
        `the value of '${type}' must be ${known.syntax}`,
        quoted(value),
        'correct it',
      );
    }
  }
  return text;
}

function splitOnce(part: string): readonly [string, string] {
  const sign = part.indexOf('=');
  return [part.slice(0, sign), part.slice(sign + 1)];
}
