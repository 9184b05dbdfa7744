import { FormatError } from '../format-error';
import { isUnprintable } from '../text';
import type { HostBasedAuthentication, PostgreSqlParameter } from './syntax';

/**
 * Prints postgresql.conf: text in single quotes, in which a quote is doubled and a backslash escapes.
 * @throws FormatError for a name that is none and for a value that is not one line
 */
export function printParameters(parameters: readonly PostgreSqlParameter[]): string {
  return parameters
    .map(({ name, value }) => {
      if (!/^[a-z][a-z0-9_]*$/.test(name)) throw refusal('postgresql.conf', 'a parameter', 'has no such name', name);
      return `${name} = ${parameterValue(name, value)}\n`;
    })
    .join('');
}

function parameterValue(name: string, value: PostgreSqlParameter['value']): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return String(value);
  if (isUnprintable(value)) {
    throw refusal('postgresql.conf', `the value of '${name}'`, 'holds a control character', value);
  }
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/**
 * Prints pg_hba.conf in columns.
 * @throws FormatError for a field that is not one plain word
 */
export function printAuthentication(records: readonly HostBasedAuthentication[]): string {
  const rows = records.map((record) => [
    record.type,
    record.database,
    record.user,
    record.type === 'host' ? record.address : '',
    record.method,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `${row.map((field, column) => word(field).padEnd(widths[column] ?? 0)).join(' ')}`.trimEnd() + '\n')
    .join('');
}

function word(field: string): string {
  if (field === '' || /^[A-Za-z0-9_.:/-]+$/.test(field)) return field;
  throw refusal('pg_hba.conf', 'a field', 'is no word of letters, digits and _.:/-', field);
}

function refusal(format: string, what: string, problem: string, value: string): FormatError {
  return new FormatError({ format, what, problem, remedy: 'correct it in the stack', value });
}
