/** One attribute of a distinguished name, its value without escapes. */
interface NamePart {
  readonly attribute: string;
  readonly value: string;
}

/** The relative names of a distinguished name (RFC 4514) that is well-formed, the most specific first. */
function relativeNames(name: string): readonly (readonly NamePart[])[] {
  return split(name, ',').map((relative) =>
    split(relative, '+').map((part) => {
      const sign = part.indexOf('=');
      const attribute = part.slice(0, sign).trim().toLowerCase();
      return { attribute: attribute === COMMON_NAME ? 'cn' : attribute, value: unescaped(part.slice(sign + 1)) };
    }),
  );
}

const COMMON_NAME = '2.5.4.3';

const split = (text: string, separator: ',' | '+'): readonly string[] =>
  text.match(separator === ',' ? /(?:\\.|[^,\\])+/gsu : /(?:\\.|[^+\\])+/gsu) ?? [];

/** Escapes are a character behind a backslash, or octets of UTF-8 in two hexadecimal digits each. */
function unescaped(value: string): string {
  return value.replace(/(?:\\[0-9A-Fa-f]{2})+|\\./gsu, (escape) =>
    /^\\[0-9A-Fa-f]{2}/.test(escape)
      ? Buffer.from(escape.replaceAll('\\', ''), 'hex').toString('utf8')
      : escape.slice(1),
  );
}

/** The values of `cn` in a distinguished name, in lower case. */
export function commonNames(name: string): readonly string[] {
  return relativeNames(name)
    .flat()
    .filter(({ attribute }) => attribute === 'cn')
    .map(({ value }) => value.toLowerCase());
}

/**
 * A text that two distinguished names share when servers take them for the same: attributes and values without regard
 * to case, escapes resolved, the parts of one relative name in any order.
 */
export function nameKey(name: string): string {
  return JSON.stringify(
    relativeNames(name).map((parts) =>
      parts.map(({ attribute, value }) => `${attribute}=${value.toLowerCase().trim()}`).sort(),
    ),
  );
}
