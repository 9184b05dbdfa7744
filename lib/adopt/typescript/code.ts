/** Source text: a word, or something in brackets that is broken over lines when it is too long. */
export type Code = string | Bracketed;

interface Bracketed {
  readonly head: string;
  readonly open: string;
  readonly items: readonly Item[];
  readonly close: string;
}

/** An element of a list or object; comments stand on lines of their own before it. */
interface Item {
  readonly code: Code;
  readonly key?: string;
  readonly comments?: readonly string[];
}

const WIDTH = 120;

/** A string literal, in the quotes that need fewer escapes. */
export function text(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const safe = value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return `${quote}${safe.replaceAll(/[\p{Cc}\p{Surrogate}\u2028\u2029]/gu, escaped)}${quote}`;
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A property name: quoted where it has to be. */
const propertyName = (name: string): string => (/^[A-Za-z_$][\w$]*$/u.test(name) ? name : text(name));

/** A property, or nothing where there is no value. */
export const property = (key: string, code: Code | undefined, ...comments: readonly string[]): readonly Item[] =>
  code === undefined ? [] : [{ key, code, comments }];

/** An element of a list. */
export const element = (code: Code, ...comments: readonly string[]): Item => ({ code, comments });

/** An object literal; undefined when it would be empty. */
export const object = (...items: readonly (readonly Item[])[]): Code | undefined => {
  const all = items.flat();
  return all.length === 0 ? undefined : { head: '', open: '{ ', items: all, close: ' }' };
};

/** A list literal. */
export const list = (items: readonly Item[]): Code => ({ head: '', open: '[', items, close: ']' });

/** A call; arguments that are undefined are left out. */
export const call = (head: string, ...values: readonly (Code | undefined)[]): Code => ({
  head,
  open: '(',
  items: values.filter((value) => value !== undefined).map((code) => ({ code })),
  close: ')',
});

/** Source text as it stands behind `before`, with the given indent. */
export function printCode(code: Code, indent = 0, before = 0): string {
  if (typeof code === 'string') return code;
  const flat = flatText(code);
  if (flat !== undefined && indent + before + flat.length < WIDTH) return flat;
  const [last] = code.items.slice(-1);
  // A call keeps its short arguments on its line and breaks the last one.
  if (code.open === '(' && last && typeof last.code !== 'string' && last.code.items.length > 0) {
    const first = code.items.slice(0, -1).map((item) => flatText(item.code));
    const start = `${code.head}(${first.map((argument) => `${argument}, `).join('')}`;
    if (!first.includes(undefined)) return `${start}${printCode(last.code, indent, WIDTH)})`;
  }
  const inner = ' '.repeat(indent + 2);
  const lines = code.items.flatMap((item) => [
    ...(item.comments ?? []).map((comment) => `${inner}${lineComment(comment)}`),
    `${inner}${keyOf(item)}${printCode(item.code, indent + 2, keyOf(item).length + 1)},`,
  ]);
  return [`${code.head}${code.open.trim()}`, ...lines, `${' '.repeat(indent)}${code.close.trim()}`].join('\n');
}

const keyOf = (item: Item): string =>
  item.key === undefined || item.key === item.code ? '' : `${propertyName(item.key)}: `;

/** The code on one line; undefined where a comment forbids that. */
function flatText(code: Code): string | undefined {
  if (typeof code === 'string') return code;
  const parts: string[] = [];
  for (const item of code.items) {
    const part = flatText(item.code);
    if (part === undefined || (item.comments?.length ?? 0) > 0) return undefined;
    parts.push(`${keyOf(item)}${part}`);
  }
  return `${code.head}${code.open}${parts.join(', ')}${code.close}`;
}

/** A comment on one line, whatever its text is. */
export const lineComment = (comment: string): string => `// ${comment.replaceAll(/[\p{Cc}\u2028\u2029]/gu, escaped)}`;
