import { FormatError } from '../format-error';
import { isUnprintable } from '../text';
import type { SaslAuthdOption } from './build';

/**
 * Prints `name: value` lines as saslauthd's LDAP mechanism reads them: the value is the rest of the line, without
 * quotes or escapes, and spaces before it are skipped.
 * @throws FormatError for a name or a value that such a line can not hold
 */
export function print(options: readonly SaslAuthdOption[]): string {
  return options.map(line).join('');
}

function line({ name, value }: SaslAuthdOption): string {
  if (!/^[a-z][a-z0-9_-]*$/.test(name)) throw refusal('an option', 'has no name of lower-case letters', name);
  if (isUnprintable(value)) throw refusal(`the value of '${name}'`, 'holds a control character', value);
  if (value === '' || value.trim() !== value) {
    throw refusal(`the value of '${name}'`, 'is empty or has a space at an end', value);
  }
  return `${name}: ${value}\n`;
}

function refusal(what: string, problem: string, value: string): FormatError {
  return new FormatError({ format: 'saslauthd.conf', what, problem, remedy: 'correct it in the stack', value });
}
