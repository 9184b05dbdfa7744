import type { LdapEntry } from '../ldap/session';

/** An attribute of `cn=config` that is not as rendered. */
export interface ConfigurationDifference {
  /** The entry. */
  readonly dn: string;
  /** Absent: the whole entry is missing, or is there and should not be. */
  readonly attribute?: string;
  readonly is: 'missing' | 'unexpected' | 'different';
}

/** What slapd or an operator changes at run time, of databases. */
const RUN_TIME = ['olcreadonly', 'olcrestrict', 'olcupdateref', 'olcsyncrepl', 'olcmultiprovider'];

/** Holds the schema that is built in. */
const BUILT_IN = 'cn=schema,cn=config';

/** What slapd adds by itself to every entry, and what is written on the host with a value that nobody else knows. */
const LEFT_OUT = [
  ...['structuralobjectclass', 'entryuuid', 'creatorsname', 'createtimestamp', 'entrycsn'],
  ...['modifiersname', 'modifytimestamp', 'contextcsn', 'olcrootpw'],
];

/** Entries of an LDIF file (RFC 2849); comments and inclusions are left out. */
export function ldifEntries(text: string): readonly LdapEntry[] {
  return text
    .replace(/\r?\n /g, '')
    .split(/\n(?:[ \t]*\n)+/)
    .flatMap((block) => {
      const lines = block.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      const pairs = lines.flatMap((line): (readonly [string, string])[] => {
        const match = /^([^:]+):(:?) *(.*)$/.exec(line);
        if (!match) return [];
        const [, name = '', encoded, value = ''] = match;
        return [[name.toLowerCase(), encoded === ':' ? Buffer.from(value, 'base64').toString('utf8') : value]];
      });
      const [first, ...rest] = pairs;
      if (first?.[0] !== 'dn') return [];
      const values: Record<string, string[]> = {};
      for (const [name, value] of rest) (values[name] ??= []).push(value);
      return [{ dn: first[1], values }];
    });
}

/**
 * Compares the rendered `cn=config` with what a server has. Schema that slapd ships is in no rendered file, so entries
 * below `cn=schema` count only where they are rendered.
 */
export function compareConfiguration(
  rendered: readonly LdapEntry[],
  running: readonly LdapEntry[],
): readonly ConfigurationDifference[] {
  const key = ({ dn }: LdapEntry): string => dn.toLowerCase();
  const there = new Map(running.map((entry) => [key(entry), entry]));
  const wanted = new Map(rendered.map((entry) => [key(entry), entry]));
  return [
    ...rendered.flatMap((entry): readonly ConfigurationDifference[] => {
      const found = there.get(key(entry));
      if (!found) return [{ dn: entry.dn, is: 'missing' }];
      return key(entry) === BUILT_IN ? [] : attributeDifferences(entry, found);
    }),
    ...running
      .filter((entry) => !wanted.has(key(entry)) && !key(entry).endsWith(`,${BUILT_IN}`))
      .map(({ dn }) => ({ dn, is: 'unexpected' as const })),
  ];
}

function attributeDifferences(rendered: LdapEntry, found: LdapEntry): readonly ConfigurationDifference[] {
  const skipped = [...LEFT_OUT, ...(/^olcdatabase=/i.test(rendered.dn) ? RUN_TIME : [])];
  const names = [...new Set([...Object.keys(rendered.values), ...Object.keys(found.values)])].sort();
  return names
    .filter((name) => !skipped.includes(name))
    .flatMap((attribute): readonly ConfigurationDifference[] => {
      const [one, other] = [rendered.values[attribute], found.values[attribute]];
      if (one === undefined) return [{ dn: rendered.dn, attribute, is: 'unexpected' }];
      if (other === undefined) return [{ dn: rendered.dn, attribute, is: 'missing' }];
      return isEqual(one, other) ? [] : [{ dn: rendered.dn, attribute, is: 'different' }];
    });
}

/** Whether values are the same, whatever the spaces in them, and their order where slapd does not number them. */
function isEqual(one: readonly string[], other: readonly string[]): boolean {
  const ordered = [one, other].some((values) => values.some((value) => NUMBER.test(value)));
  const [first, second] = [one, other].map((values) => {
    const plain = values.map((value) => value.trim().replace(/\s+/g, ' '));
    // slapd numbers values whose order counts, also where the file does not.
    const numbered = plain.every((value) => NUMBER.test(value));
    if (numbered) plain.sort((a, b) => numberOf(a) - numberOf(b));
    else if (!ordered) plain.sort();
    return JSON.stringify(plain.map((value) => value.replace(NUMBER, '')));
  });
  return first === second;
}

const NUMBER = /^\{(\d+)\}/;

const numberOf = (value: string): number => Number(NUMBER.exec(value)?.[1]);
