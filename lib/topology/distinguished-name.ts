/** The parts of a distinguished name of RFC 4514, without spaces around its commas; the leaf first. */
export function partsOf(name: string): readonly string[] {
  return split(name, ',');
}

/** The pairs of attribute and value in a part of a name, of which a part with `+` has several; without `=` the value is empty. */
export function pairsOf(part: string): readonly (readonly [attribute: string, value: string])[] {
  return split(part, '+').map((pair) => {
    const sign = pair.indexOf('=');
    return sign < 0 ? [pair, ''] : [pair.slice(0, sign), pair.slice(sign + 1)];
  });
}

/** The value that is meant by its escaped form. Undefined where the bytes are no UTF-8. */
export function unescaped(value: string): string | undefined {
  const bytes = [...value.matchAll(/\\([0-9A-Fa-f]{2})|\\(.)|([^\\])/gsu)].flatMap(([, hex, character, plain]) =>
    hex === undefined ? [...Buffer.from(character ?? plain ?? '', 'utf8')] : [Number.parseInt(hex, 16)],
  );
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

/**
 * A form that is the same for names that a server takes for one: without case, with single spaces, with one way of
 * escaping (RFC 4517, caseIgnoreMatch).
 */
export function comparableName(name: string): string {
  return JSON.stringify(
    partsOf(name).map((part) =>
      pairsOf(part)
        .map(([attribute, value]) => `${attributeName(attribute)}=${comparableValue(value)}`)
        .sort(),
    ),
  );
}

/** The values of `cn` in a name, in lower case. */
export function commonNames(name: string): readonly string[] {
  return partsOf(name)
    .flatMap(pairsOf)
    .filter(([attribute]) => attributeName(attribute) === 'cn')
    .map(([, value]) => comparableValue(value));
}

const COMMON_NAME = '2.5.4.3';

function attributeName(attribute: string): string {
  const name = attribute.trim().toLowerCase();
  return name === COMMON_NAME ? 'cn' : name;
}

const comparableValue = (value: string): string =>
  (unescaped(value) ?? value).normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ');

function split(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (at === text.length || text[at] === separator) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return parts;
}
