import { FormatError } from '../format-error';
import { isUnprintable } from '../text';

/** Words of `loglevel` (slapd-config(5)). */
const LOG_LEVELS = new Set(
  'any trace packets args conns ber filter config acl stats stats2 shell parse sync none'.split(' '),
);

/** Kinds of `index` (slapd-mdb(5), slapd.conf(5)). */
const INDEX_TYPES = new Set('pres eq approx sub subinitial subany subfinal nolang nosubtypes none'.split(' '));

/** An index: attributes and the matches it speeds up. */
export interface Index {
  readonly attributes: readonly string[];
  readonly types: readonly string[];
}

/** A value of `olcDbIndex`. */
export function indexValue(index: Index): string {
  const attributes = index.attributes.map((name) =>
    matching(name, /^[A-Za-z0-9][A-Za-z0-9.-]*(;[A-Za-z0-9-]+)*$/, 'an index', 'has something that is no attribute'),
  );
  const types = index.types.map((type) => listed(type, INDEX_TYPES, 'an index', 'has an unknown type'));
  if (attributes.length === 0 || types.length === 0) {
    refuse('an index', 'lacks attributes or types', index.attributes.join(','));
  }
  return `${attributes.join(',')} ${types.join(',')}`;
}

/** The values of `olcLogLevel`: names or numbers, with spaces or commas between. */
export function logLevels(text: string): string[] {
  const words = text.split(/[ ,]+/).filter((word) => word !== '');
  if (words.length === 0) refuse('the log level', 'is empty', text);
  return words.map((word) => (/^\d+$/.test(word) ? word : listed(word, LOG_LEVELS, 'the log level', 'is unknown')));
}

/** slapd takes a whole line as a name, unless it begins with a quote. */
export function distinguishedName(text: string, what: string): string {
  return matching(text, /^[A-Za-z0-9][A-Za-z0-9.-]* *=/, what, 'is no distinguished name');
}

/** The name of an attribute in a list of them. */
export function attributeName(name: string): string {
  return matching(name, /^[A-Za-z0-9][A-Za-z0-9.-]*$/, 'an attribute', 'is no name of one');
}

/** A directory as a value of its own. */
export function directoryPath(text: string, what: string): string {
  return matching(text, /^\/[^\s"\\]*$/u, what, 'is no absolute path without spaces, quotes and backslashes');
}

/** A file below /etc/ldap/schema, without its ending. */
export function schemaName(text: string): string {
  return matching(text, /^[A-Za-z0-9_-]+$/, 'a schema', 'is no name of a file in /etc/ldap/schema');
}

/** A number of bytes. */
export function bytes(size: number): string {
  return Number.isSafeInteger(size) && size > 0
    ? String(size)
    : refuse('the maximum database size', 'is no whole number of bytes', String(size));
}

/** A text of a pattern. */
export function matching(text: string, pattern: RegExp, what: string, problem: string): string {
  return pattern.test(text) && !isUnprintable(text) ? text : refuse(what, problem, text);
}

/** Throws what `cn=config` can not hold. */
export function refuse(what: string, problem: string, value: string): never {
  throw new FormatError({ format: 'slapd.ldif', what, problem, remedy: 'correct it in the stack', value });
}

function listed(word: string, known: ReadonlySet<string>, what: string, problem: string): string {
  return known.has(word.toLowerCase()) ? word : refuse(what, `${problem}, known are ${[...known].join(', ')}`, word);
}
