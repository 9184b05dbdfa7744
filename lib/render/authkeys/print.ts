import { FormatError } from '../format-error';
import { commentProblem } from '../text';
import { MAXIMUM_KEY, METHODS, MINIMUM_KEY, type AuthKey, type AuthKeys, type AuthKeysItem } from './syntax';

/**
 * Writes authkeys(5). `parse` of the result gives the same tree.
 * @throws FormatError for what the format can not hold; it does not show a secret.
 */
export function print(file: AuthKeys): string {
  return file.items.map((item) => `${printItem(item)}\n`).join('');
}

function printItem(item: AuthKeysItem): string {
  switch (item.kind) {
    case 'comment':
      return printComment(item.text);
    case 'auth':
      return `auth ${printNumber(item.key)}`;
    case 'key':
      return printKey(item);
  }
}

function printKey({ number, method, secret }: AuthKey): string {
  if (!METHODS.some((known) => known === method))
    throw refuse(`the method of key ${number}`, 'is unknown', `use one of ${METHODS.join(', ')}`, method);
  if (secret === undefined) {
    if (method !== 'crc') throw refuse(`key ${number}`, 'has no secret', `method ${method} needs one`);
    return `${printNumber(number)} ${method}`;
  }
  if (!/^[!-~]+$/u.test(secret))
    throw refuse(
      `the secret of key ${number}`,
      'has other characters than printable ASCII without blanks',
      'use another secret',
    );
  return `${printNumber(number)} ${method} ${secret}`;
}

function printNumber(number: number): string {
  if (!Number.isInteger(number) || number < MINIMUM_KEY || number > MAXIMUM_KEY)
    throw refuse('a key number', `is no number from ${MINIMUM_KEY} to ${MAXIMUM_KEY}`, 'use another', String(number));
  return String(number);
}

function printComment(text: string): string {
  const fault = commentProblem(text);
  if (fault) throw refuse('a comment', fault.problem, fault.remedy, text);
  return text === '' ? '#' : `# ${text}`;
}

function refuse(what: string, problem: string, remedy: string, value?: string): FormatError {
  return new FormatError({ format: 'authkeys', what, problem, remedy, value });
}
