import { matching } from '../pattern';
import type { KeepalivedStatement, KeepalivedWord } from './syntax';

/** The text of keepalived.conf(5). */
export function print(statements: readonly KeepalivedStatement[], indent = ''): string {
  return statements
    .map(({ words, block }) => {
      const line = `${indent}${words.map(text).join(' ')}`;
      return block ? `${line} {\n${print(block, `${indent}    `)}${indent}}\n` : `${line}\n`;
    })
    .join(indent === '' ? '\n' : '');
}

function text(word: KeepalivedWord): string {
  if (typeof word === 'string')
    return matching({
      format: 'keepalived.conf',
      what: 'a word',
      value: word,
      pattern: /^[A-Za-z0-9_.:/-]+$/,
      problem: "is not of letters, digits, '_', '.', ':', '/' and '-' alone",
      remedy: 'give what it comes from another name',
    });
  const inside = matching({
    format: 'keepalived.conf',
    what: 'a command',
    value: word.quoted,
    pattern: /^[A-Za-z0-9_.:/ -]+$/,
    problem: 'has characters that mean something else there',
    remedy: 'give what it comes from another name',
  });
  return `"${inside}"`;
}
