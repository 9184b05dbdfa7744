import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A file of the repository. */
export interface SourceFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

const ROOT = join(__dirname, '..', '..');

/** Files below folders of the repository whose names end in one of the endings, sorted by path. */
export function sources(folders: readonly string[], endings: readonly string[]): readonly SourceFile[] {
  return folders
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
    )
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort()
    .map((path) => source(path));
}

/** One file of the repository. */
export function source(path: string): SourceFile {
  return { path, text: readFileSync(join(ROOT, path), 'utf8') };
}

/** Whether the repository has a file. */
export function exists(path: string): boolean {
  return existsSync(join(ROOT, path));
}
