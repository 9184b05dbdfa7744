import { FormatError } from '../format-error';
import { quote } from './quote';

/** An assignment of a file that a shell reads with `.`, as those of `/etc/default`. */
export interface ShellVariable {
  readonly name: string;
  readonly value: string;
}

/**
 * Prints assignments in single quotes, in which a POSIX shell expands nothing.
 * @throws FormatError for a name that is no variable name and for a value with the null character
 */
export function printVariables(variables: readonly ShellVariable[]): string {
  return variables.map(({ name, value }) => `${variableName(name)}=${quote(value)}\n`).join('');
}

function variableName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return name;
  throw new FormatError({
    format: 'shell',
    what: 'a variable',
    problem: 'has no name of letters, digits and underscores',
    remedy: 'rename it',
    value: name,
  });
}
