import { FormatError } from '../format-error';
import { isUnprintable } from '../text';
import type { MainCfParameter, MainCfWord, MasterCfService } from './syntax';

/**
 * Prints main.cf. A dollar sign of a text is doubled, so that Postfix expands nothing in it.
 * @throws FormatError for a word with a space or control character, and for a name that is none
 */
export function printMain(parameters: readonly MainCfParameter[]): string {
  return parameters
    .map(
      ({ name, words }) => `${identifier(name)} =${words.map((word) => ` ${printWord(word, 'main.cf')}`).join('')}\n`,
    )
    .join('');
}

/**
 * Prints master.cf. No service runs in a chroot: with one, Debian copies files of the host into the queue directory at
 * each start, and the queue is on replicated storage.
 * @throws FormatError as `printMain`
 */
export function printMaster(services: readonly MasterCfService[]): string {
  return services.map(service).join('');
}

function service(entry: MasterCfService): string {
  const columns = [
    printWord(entry.name, 'master.cf').padEnd(15),
    entry.type.padEnd(10),
    flag(entry.private),
    flag(entry.unprivileged),
    'n',
    (entry.wakeup ?? '-').padEnd(5),
    String(entry.maximumProcesses ?? '-').padEnd(3),
    printWord(entry.command, 'master.cf'),
  ];
  const options = (entry.options ?? []).map(
    ({ name, value }) => `  -o ${identifier(name)}=${printWord(value, 'master.cf')}\n`,
  );
  return `${columns.join(' ')}\n${options.join('')}`;
}

function flag(value: boolean | undefined): string {
  return value === undefined ? '-' : value ? 'y' : 'n';
}

function printWord(word: MainCfWord, format: string): string {
  if (typeof word !== 'string') return `$${identifier(word.parameter)}`;
  if (word === '' || /\s/u.test(word) || isUnprintable(word)) {
    throw new FormatError({
      format,
      what: 'a word',
      problem: 'is empty or holds a space or a control character',
      remedy: 'remove it',
      value: word,
    });
  }
  return word.replaceAll('$', '$$$$');
}

function identifier(name: string): string {
  if (/^[a-z][a-z0-9_]*$/.test(name)) return name;
  throw new FormatError({
    format: 'main.cf',
    what: 'a parameter',
    problem: 'has no name of lower-case letters, digits and underscores',
    remedy: 'use a name from postconf(5)',
    value: name,
  });
}
