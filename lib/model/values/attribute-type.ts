import { parsePattern } from './text';

/**
 * An attribute type of LDAP by name or object identifier (RFC 4512).
 * @throws ValueError `value/attribute-type`
 */
export function parseAttributeType(text: string): string {
  return parsePattern(
    text,
    /^(?:[A-Za-z][A-Za-z0-9-]*|[0-2](?:\.(?:0|[1-9][0-9]*))+)$/,
    'value/attribute-type',
    'an attribute type must be a name of letters, digits and hyphens, or numbers with dots between',
  );
}
