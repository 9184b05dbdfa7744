import 'reflect-metadata';
import { Name } from '@peculiar/x509';
import { NameError, type NameAttribute, type RelativeName } from './distinguished-name';

const DOMAIN_COMPONENT = '0.9.2342.19200300.100.1.25';
const EMAIL_ADDRESS = '1.2.840.113549.1.9.1';
const MAIL = '0.9.2342.19200300.100.1.3';
const COUNTRY = '2.5.4.6';
const SERIAL_NUMBER = '2.5.4.5';

/**
 * The name as it stands in a certificate. X.500 writes the most general part first, LDAP last, and @peculiar/x509 encodes
 * parts in the order in which it gets them: unturned, slapd maps a client to a name that nobody has.
 * @throws NameError for a value that the attribute's syntax excludes
 */
export function encodeName(parts: readonly RelativeName[]): Name {
  return new Name([...parts].reverse().map((part) => Object.fromEntries([...part].sort(byEncoding).map(encoded))));
}

// DER sorts the members of a set by their bytes; that the bytes here have one header more changes nothing in their order.
function byEncoding(one: NameAttribute, other: NameAttribute): number {
  const bytes = (attribute: NameAttribute): Buffer =>
    Buffer.from(new Name([Object.fromEntries([encoded(attribute)])]).toArrayBuffer());
  return Buffer.compare(bytes(one), bytes(other));
}

type Encoded = readonly [
  string,
  { readonly ia5String?: string; readonly printableString?: string; readonly utf8String?: string }[],
];

// RFC 5280, appendix A: dc and mail addresses are IA5String, countries and serial numbers PrintableString, others free.
function encoded({ type, value }: NameAttribute): Encoded {
  if ([DOMAIN_COMPONENT, EMAIL_ADDRESS, MAIL].includes(type)) {
    if (!/^[ -~]*$/.test(value))
      throw new NameError('an attribute takes only ASCII in a certificate', value, 'write it in ASCII');
    return [type, [{ ia5String: value }]];
  }
  if (type === COUNTRY && !/^[A-Za-z]{2}$/.test(value))
    throw new NameError('a country in a name has two letters', value, 'give its code of ISO 3166');
  if (Name.isPrintableString(value)) return [type, [{ printableString: value }]];
  if (type === SERIAL_NUMBER)
    throw new NameError("a serial number takes letters, digits and ' ()+,-./:=?", value, 'leave out the others');
  return [type, [{ utf8String: value }]];
}

/** The parts of a name in a certificate, the most specific first. */
export function decodeName(name: Name): readonly RelativeName[] {
  return name
    .toJSON()
    .map((part) =>
      Object.entries(part).flatMap(([type, values]) =>
        values.map((value) => ({ type: LIBRARY_NAMES[type] ?? type, value })),
      ),
    )
    .reverse();
}

// The library names some types in its own way, for instance `E` and `T`.
const LIBRARY_NAMES: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  C: COUNTRY,
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  T: '2.5.4.12',
  G: '2.5.4.42',
  I: '2.5.4.43',
  DC: DOMAIN_COMPONENT,
  E: EMAIL_ADDRESS,
};
