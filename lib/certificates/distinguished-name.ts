import { pairsOf, partsOf, unescaped } from '../topology/distinguished-name';

/** One attribute of a name. */
export interface NameAttribute {
  /** Attribute type as an object identifier, for instance `2.5.4.3`. */
  readonly type: string;
  /** Without escapes. */
  readonly value: string;
}

/** One relative distinguished name: mostly one attribute. */
export type RelativeName = readonly NameAttribute[];

/** Why a text is no name that a certificate can hold. */
export class NameError extends Error {
  override readonly name = 'NameError';

  constructor(
    readonly problem: string,
    readonly value: string,
    readonly remedy: string,
  ) {
    super(`${problem} (${value}); ${remedy}`);
  }
}

/** Attribute types by the names that RFC 4519, RFC 4524 and openssl(1) have for them; the first name of a type is printed. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['cn', '2.5.4.3'],
  ['commonname', '2.5.4.3'],
  ['sn', '2.5.4.4'],
  ['surname', '2.5.4.4'],
  ['serialnumber', '2.5.4.5'],
  ['c', '2.5.4.6'],
  ['countryname', '2.5.4.6'],
  ['l', '2.5.4.7'],
  ['localityname', '2.5.4.7'],
  ['st', '2.5.4.8'],
  ['stateorprovincename', '2.5.4.8'],
  ['street', '2.5.4.9'],
  ['o', '2.5.4.10'],
  ['organizationname', '2.5.4.10'],
  ['ou', '2.5.4.11'],
  ['organizationalunitname', '2.5.4.11'],
  ['title', '2.5.4.12'],
  ['givenname', '2.5.4.42'],
  ['dc', '0.9.2342.19200300.100.1.25'],
  ['domaincomponent', '0.9.2342.19200300.100.1.25'],
  ['uid', '0.9.2342.19200300.100.1.1'],
  ['userid', '0.9.2342.19200300.100.1.1'],
  ['mail', '0.9.2342.19200300.100.1.3'],
  ['emailaddress', '1.2.840.113549.1.9.1'],
]);

const NAMES: ReadonlyMap<string, string> = new Map([...TYPES].reverse().map(([name, type]) => [type, name]));

const NUMBER = /^[0-2](?:\.(?:0|[1-9][0-9]*))+$/;

/**
 * Reads a name in the string form of RFC 4514, the most specific part first as LDAP writes it.
 * @throws NameError for an attribute type without a known number, and for values that no certificate holds
 */
export function parseName(text: string): readonly RelativeName[] {
  return partsOf(text).map((part) => {
    const attributes = pairsOf(part).map(([attribute, value]) => parseAttribute(attribute, value, text));
    // X.501: the attributes of one relative name have different types.
    if (new Set(attributes.map(({ type }) => type)).size < attributes.length)
      throw new NameError('one part of a name has an attribute twice', part, 'give each attribute once');
    return attributes;
  });
}

function parseAttribute(written: string, escaped: string, name: string): NameAttribute {
  if (written === '' || escaped === '')
    throw new NameError('a name must be attribute=value parts with commas between', name, 'correct it');
  const type = NUMBER.test(written) ? written : TYPES.get(written.toLowerCase());
  if (type === undefined)
    throw new NameError(
      'a certificate needs the number of each attribute in a name, and that of one is not known',
      written,
      `use ${[...NAMES.values()].join(', ')}, or write the number in its place`,
    );
  const value = unescaped(escaped);
  if (value === undefined) throw new NameError('the escapes of a name are no UTF-8', name, 'correct them');
  if ([...value].some((character) => character < ' ' || character === '\u007f'))
    throw new NameError('a name has a control character', name, 'leave it out');
  return { type, value };
}

/** The string form of RFC 4514: the most specific part first, control characters as escapes. */
export function printName(parts: readonly RelativeName[]): string {
  return parts
    .map((part) => part.map(({ type, value }) => `${NAMES.get(type) ?? type}=${escaped(value)}`).join('+'))
    .join(',');
}

function escaped(value: string): string {
  return value
    .replace(/[\\,+"<>;=]/g, (character) => `\\${character}`)
    .replace(/^[ #]|(?<!^) $/g, (character) => `\\${character}`)
    .replace(/\p{Cc}/gu, (character) =>
      [...Buffer.from(character)].map((byte) => `\\${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
    );
}
