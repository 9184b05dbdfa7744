import { FormatError } from '../format-error';
import { isUnprintable } from '../text';
import type { CyrusSection, ImapdOption } from './syntax';

/**
 * Prints imapd.conf: the value is the rest of the line, without quotes; a backslash at its end would join the next line.
 * @throws FormatError for a name or a value that such a line can not hold
 */
export function printImapd(options: readonly ImapdOption[]): string {
  return options
    .map(({ name, value }) => {
      if (!/^[a-z][a-z0-9_-]*$/.test(name)) throw refusal('imapd.conf', 'an option', 'has no such name', name);
      if (isUnprintable(value) || value.endsWith('\\')) {
        throw refusal('imapd.conf', `the value of '${name}'`, 'would not end with its line', value);
      }
      if (value === '' || value.trim() !== value) {
        throw refusal('imapd.conf', `the value of '${name}'`, 'is empty or has a space at an end', value);
      }
      return `${name}: ${value}\n`;
    })
    .join('');
}

/**
 * Prints cyrus.conf: sections of entries with `key="value"` pairs. A value has no way to hold a quote.
 * @throws FormatError for a name or a value that the syntax can not hold
 */
export function printCyrus(sections: readonly CyrusSection[]): string {
  return sections
    .map(({ name, entries }) => {
      const lines = entries.map(
        (entry) =>
          `  ${identifier(entry.name)} ${entry.values.map(({ key, value }) => `${identifier(key)}="${quotable(value)}"`).join(' ')}\n`,
      );
      return `${name} {\n${lines.join('')}}\n`;
    })
    .join('\n');
}

function identifier(name: string): string {
  if (/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) return name;
  throw refusal('cyrus.conf', 'a name', 'is no word of letters and digits', name);
}

function quotable(value: string): string {
  if (!isUnprintable(value) && !/["\\]/.test(value)) return value;
  throw refusal('cyrus.conf', 'a value', 'holds a quote, a backslash or a control character', value);
}

function refusal(format: string, what: string, problem: string, value: string): FormatError {
  return new FormatError({ format, what, problem, remedy: 'correct it in the stack', value });
}
