import { parsePattern } from './text';

const LABEL = '(?!-)[a-z0-9-]{1,63}(?<!-)';

/**
 * A host name: lower-case letters, digits, `-` and `.`, as RFC 1123 has it and as `uname -n` prints it.
 * @throws ValueError `value/hostname`
 */
export function parseHostname(text: string): string {
  return parsePattern(
    text,
    new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})*$`),
    'value/hostname',
    "a host name must be lower-case letters, digits, '-' and '.'",
  );
}
