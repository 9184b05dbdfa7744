import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** Writes something down as a line of JSON. */
export function appendLine(file: string, value: object): void {
  appendFileSync(file, `${JSON.stringify(value)}\n`);
}

/** What was written down so far; a line that is being written is left out. */
export function readLines<T>(file: string): readonly T[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
