import { SECRET_MARKER_OPENING } from '../../../topology/secret';

/** A marker of a secret in rendered text. */
const MARKER = /@@tandem-secret:[a-z0-9_]+(:crypt)?@@/g;

/** What a secret may be, and what its sha512-crypt hash looks like: extended regular expressions of sed(1). */
const PLAIN = '[A-Za-z0-9._-]{12,64}';
const CRYPT = '\\$6\\$[A-Za-z0-9./]{1,16}\\$[A-Za-z0-9./]{86}';

/** True for a file whose text on the host holds secrets. */
export function holdsSecrets(content: string): boolean {
  return content.includes(SECRET_MARKER_OPENING);
}

/**
 * A script of sed(1) that puts the markers back into a file on its host, so that it can be compared there and no secret
 * leaves it. A line is taken for the rendered one when it is the same but for the values.
 */
export function maskScript(content: string): string {
  const lines = [...new Set(content.split('\n').filter(holdsSecrets))];
  return lines.map((line) => `s\u0001^${pattern(line)}$\u0001${replacement(line)}\u0001\n`).join('');
}

function pattern(line: string): string {
  let result = '';
  let end = 0;
  for (const found of line.matchAll(MARKER)) {
    result += escaped(line.slice(end, found.index)) + (found[1] === undefined ? PLAIN : CRYPT);
    end = found.index + found[0].length;
  }
  return result + escaped(line.slice(end));
}

function escaped(text: string): string {
  return text.replaceAll(/[.[\]{}()*+?^$|\\]/g, '\\$&');
}

function replacement(line: string): string {
  return line.replaceAll(/[\\&]/g, '\\$&');
}
