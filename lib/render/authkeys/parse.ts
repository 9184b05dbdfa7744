import type { Parsed, SourceLocation, SyntaxFault } from '../source';
import { sortFaults } from '../source';
import { commentText } from '../text';
import {
  MAXIMUM_KEY,
  METHODS,
  MINIMUM_KEY,
  type AuthKey,
  type AuthKeys,
  type AuthKeysItem,
  type AuthSelection,
} from './syntax';

/** Reads authkeys(5). Never throws, and no message shows a secret. */
export function parse(text: string, file?: string): Parsed<AuthKeys> {
  const items: AuthKeysItem[] = [];
  const errors: SyntaxFault[] = [];
  const lines = text.replace(/^\uFEFF/u, '').split('\n');
  lines.forEach((line, index) => {
    const location: SourceLocation = file === undefined ? { line: index + 1 } : { file, line: index + 1 };
    const code = line.replace(/^[ \t\r\f]+/u, '');
    if (code.startsWith('#')) {
      items.push({ kind: 'comment', text: commentText(code.slice(1)), location });
      return;
    }
    const words = code.split(/[ \t\r\f]+/u).filter((word) => word !== '');
    if (words.length === 0) return;
    const { item, problems } = readLine(words, location);
    if (item) items.push(item);
    errors.push(...problems.map((message) => ({ message, location })));
  });
  errors.push(...joinFaults(items, file, lines.length));
  return { tree: { items }, errors: sortFaults(errors) };
}

function readLine(words: readonly string[], location: SourceLocation): { item?: AuthKeysItem; problems: string[] } {
  const [first = '', second, third, ...more] = words;
  if (first === 'auth') {
    const key = keyNumber(second ?? '');
    if (key === undefined) return { problems: ["'auth' does not name a key; write 'auth 1'"] };
    const problems = third === undefined ? [] : ["'auth' names more than one key; keep one"];
    return { item: { kind: 'auth', key, location }, problems };
  }
  const number = keyNumber(first);
  if (number === undefined || second === undefined)
    return { problems: ["line is neither 'auth NUMBER' nor 'NUMBER METHOD SECRET'; mend or remove it"] };
  const item: AuthKey = {
    kind: 'key',
    number,
    method: second,
    ...(third === undefined ? {} : { secret: third }),
    location,
  };
  return { item, problems: keyProblems(item, more.length > 0) };
}

function keyProblems(key: AuthKey, tooLong: boolean): string[] {
  const problems: string[] = [];
  if (key.number < MINIMUM_KEY || key.number > MAXIMUM_KEY)
    problems.push(`key number ${key.number} is not between ${MINIMUM_KEY} and ${MAXIMUM_KEY}; use another`);
  if (!METHODS.some((method) => method === key.method))
    problems.push(`method '${key.method}' of key ${key.number} is unknown; use one of ${METHODS.join(', ')}`);
  else if (key.method !== 'crc' && key.secret === undefined)
    problems.push(`key ${key.number} has no secret; method ${key.method} needs one`);
  if (tooLong) problems.push(`key ${key.number} has a blank in its secret; heartbeat reads only the first word`);
  return problems;
}

const keyNumber = (text: string): number | undefined => (/^\d{1,3}$/u.test(text) ? Number(text) : undefined);

/** What only shows when the file is seen as a whole. */
function joinFaults(items: readonly AuthKeysItem[], file: string | undefined, lastLine: number): SyntaxFault[] {
  const at = (line: number): SourceLocation => (file === undefined ? { line } : { file, line });
  const faults: SyntaxFault[] = [];
  const keys = new Map<number, AuthKey>();
  let selection: AuthSelection | undefined;
  for (const item of items) {
    if (item.kind === 'key') {
      const first = keys.get(item.number);
      if (first)
        faults.push({
          message: `key ${item.number} was already given at line ${first.location?.line}; use another number`,
          location: item.location ?? at(lastLine),
        });
      else keys.set(item.number, item);
    }
    if (item.kind === 'auth') {
      if (selection)
        faults.push({
          message: `'auth' was already given at line ${selection.location?.line}; keep one`,
          location: item.location ?? at(lastLine),
        });
      selection = item;
    }
  }
  if (!selection)
    faults.push({ message: "no 'auth' line says which key signs; add one", location: at(lastLine), requirement: 'E8' });
  else if (!keys.has(selection.key))
    faults.push({
      message: `'auth' names key ${selection.key}, which the file does not have; add it`,
      location: selection.location ?? at(lastLine),
      requirement: 'E8',
    });
  return faults;
}
