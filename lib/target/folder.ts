import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Makes a folder hold exactly these files. The new folder is built beside the old one and takes its place, so it is never
 * half old and half new. A folder that is right already is not touched, and files that stay the same are linked and not
 * written: making a file is by far the slowest part of a synth.
 * @param contents relative path to text
 */
export function replaceFolder(parent: string, name: string, contents: ReadonlyMap<string, string>): void {
  const place = join(parent, name);
  const fresh = join(parent, `.${name}.new`);
  const old = join(parent, `.${name}.old`);
  for (const leftover of [fresh, old]) if (existsSync(leftover)) rmSync(leftover, { recursive: true });
  const present = filesIn(place);
  const same = new Set<string>();
  for (const [path, text] of present ? contents : []) {
    if (present?.has(path) && readsAs(join(place, path), text)) same.add(path);
  }
  if (present && same.size === contents.size && present.size === contents.size) return;
  mkdirSync(fresh, { recursive: true });
  const made = new Set([fresh]);
  for (const [path, text] of contents) {
    const file = `${fresh}/${path}`;
    makeDirectory(file.slice(0, file.lastIndexOf('/')), made);
    if (same.has(path)) linkSync(join(place, path), file);
    else writeFileSync(file, text);
  }
  if (present) renameSync(place, old);
  renameSync(fresh, place);
  if (present) rmSync(old, { recursive: true });
}

/** Parents first and each once: `recursive` tries the deepest one first, which fails more often than not. */
function makeDirectory(directory: string, made: Set<string>): void {
  if (made.has(directory)) return;
  makeDirectory(dirname(directory), made);
  mkdirSync(directory);
  made.add(directory);
}

function readsAs(path: string, text: string): boolean {
  return readFileSync(path, 'utf8') === text;
}

/** The files below a folder, as relative paths; undefined when there is no folder. */
function filesIn(folder: string): ReadonlySet<string> | undefined {
  const files = new Set<string>();
  if (!existsSync(folder)) return undefined;
  const visit = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else files.add(path);
    }
  };
  visit('');
  return files;
}
