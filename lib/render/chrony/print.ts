import { headerComment } from '../header';
import { matching } from '../pattern';
import type { ChronyConfiguration } from './build';

/** The text of chrony.conf(5): words on lines, without any way to quote. */
export function print(tree: ChronyConfiguration): string {
  const lines = tree.directives.map(({ name, values }) => `${[name, ...values.map(word)].join(' ')}\n`);
  return headerComment(tree.source) + lines.join('');
}

function word(value: string): string {
  return matching({
    format: 'chrony.conf',
    what: 'a value',
    value,
    pattern: /^[A-Za-z0-9/:][A-Za-z0-9/:_.-]*$/,
    problem: 'is no host name, address or path',
    remedy: 'name the time server by its host name or address',
  });
}
