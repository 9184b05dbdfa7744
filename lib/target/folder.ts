import { linkSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  for (const leftover of [fresh, old]) rmSync(leftover, { recursive: true, force: true });
  const present = filesIn(place);
  const same = new Set(
    [...contents]
      .filter(([path, text]) => present?.has(path) && readsAs(join(place, path), text))
      .map(([path]) => path),
  );
  if (present && same.size === contents.size && present.size === contents.size) return;
  const made = new Set<string>();
  for (const [path, text] of contents) {
    makeDirectory(dirname(join(fresh, path)), made);
    if (same.has(path)) linkSync(join(place, path), join(fresh, path));
    else writeFileSync(join(fresh, path), text);
  }
  if (present) renameSync(place, old);
  renameSync(fresh, place);
  rmSync(old, { recursive: true, force: true });
}

/** Parents first and each once: `recursive` tries the deepest one first, which fails more often than not. */
function makeDirectory(directory: string, made: Set<string>): void {
  if (made.has(directory)) return;
  made.add(directory);
  try {
    mkdirSync(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT') throw error;
    makeDirectory(dirname(directory), made);
    mkdirSync(directory);
  }
}

function readsAs(path: string, text: string): boolean {
  return readFileSync(path, 'utf8') === text;
}

/** The files below a folder, as relative paths; undefined when there is no folder. */
function filesIn(folder: string): ReadonlySet<string> | undefined {
  const files = new Set<string>();
  const visit = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else files.add(path);
    }
  };
  try {
    visit('');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return files;
}
