/** Words that cannot name a constant, and names that the generated class uses itself. */
const TAKEN = [
  ...['arguments', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete'],
  ...['do', 'else', 'enum', 'eval', 'export', 'extends', 'false', 'finally', 'for', 'function', 'if', 'implements'],
  ...['import', 'in', 'instanceof', 'interface', 'let', 'new', 'null', 'package', 'private', 'protected', 'public'],
  ...['return', 'static', 'super', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with'],
  ...['yield', 'undefined', 'name', 'scope', 'site', 'cluster', 'bcast', 'mcast', 'serial', 'ucast'],
];

/** Gives out names, each once. */
export class Names {
  private readonly used: Set<string>;
  private readonly counts = new Map<string, number>();

  constructor(taken: readonly string[] = []) {
    this.used = new Set(taken);
  }

  /** The first of the wanted names that is free, else the last one with a number behind it. */
  give(...wanted: readonly string[]): string {
    const last = wanted.at(-1) ?? '';
    let name = wanted.find((candidate) => !this.used.has(candidate));
    for (let count = this.counts.get(last) ?? 2; name === undefined; count += 1) {
      if (!this.used.has(`${last}${count}`)) name = `${last}${count}`;
      this.counts.set(last, count);
    }
    this.used.add(name);
    return name;
  }
}

/** Names for constants of a generated stack. */
export const constantNames = (): Names => new Names(TAKEN);

/** Words of a text as one name: `imap-index` is `imapIndex`; `fallback` goes before what begins with a digit. */
export function camelCase(words: string, fallback: string): string {
  const [first = '', ...rest] = words.split(/[^A-Za-z0-9]+/u).filter((word) => word !== '');
  const joined = [first.charAt(0).toLowerCase() + first.slice(1), ...rest.map(capital)].join('');
  return /^[A-Za-z]/u.test(joined) ? joined : `${fallback}${capital(joined)}`;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A name of a construct: only what paths and files can hold. */
export const constructName = (text: string): string =>
  text
    .replaceAll(/[^A-Za-z0-9_.-]+/gu, '-')
    .replace(/^[^A-Za-z0-9]+/u, '')
    .slice(0, 60) || 'unnamed';
