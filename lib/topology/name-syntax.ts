import { pairsOf, partsOf, unescaped } from './distinguished-name';

/** Why a server would not take a name. */
export interface NameProblem {
  readonly problem: string;
  readonly value: string;
  readonly remedy: string;
}

interface AttributeSyntax {
  readonly pattern: RegExp;
  readonly syntax: string;
}

const TEXT: AttributeSyntax = { pattern: /[^\s\0]/u, syntax: 'text' };

/** Attributes that slapd knows without a schema file besides core, and that other servers know too. */
const ATTRIBUTES: Readonly<Record<string, AttributeSyntax>> = {
  dc: { pattern: /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/, syntax: 'one label of a domain name' },
  c: { pattern: /^[A-Za-z]{2}$/, syntax: 'a country code of two letters' },
  o: TEXT,
  ou: TEXT,
  l: TEXT,
  st: TEXT,
  cn: TEXT,
  uid: TEXT,
};

/** What is wrong with a distinguished name whose form is right; undefined where nothing is. */
export function nameProblem(name: string): NameProblem | undefined {
  for (const part of partsOf(name)) {
    const seen = new Set<string>();
    for (const [type, escaped] of pairsOf(part)) {
      const known = ATTRIBUTES[type.toLowerCase()];
      if (!known)
        return {
          problem: 'a name has an attribute that not every server knows',
          value: type,
          remedy: `use ${Object.keys(ATTRIBUTES).join(', ')}`,
        };
      if (seen.has(type.toLowerCase()))
        return { problem: 'a part of a name has an attribute twice', value: part, remedy: 'leave one out' };
      seen.add(type.toLowerCase());
      const value = unescaped(escaped);
      if (value === undefined || value.includes('\0') || !known.pattern.test(value))
        return { problem: `the value of '${type}' must be ${known.syntax}`, value: escaped, remedy: 'correct it' };
    }
  }
  return undefined;
}
