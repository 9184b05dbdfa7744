import { existsSync } from 'node:fs';
import path from 'node:path';

/** A program of this machine, and the Debian package that has it; empty for one that no package has. */
export type NeededProgram = readonly [program: string, debianPackage: string];

/** Folders that are searched for programs. */
export function searchPath(): readonly string[] {
  return (process.env['PATH'] ?? '').split(':');
}

/** A line for each program that none of the folders has. */
export function missingPrograms(needed: readonly NeededProgram[], folders: readonly string[]): readonly string[] {
  return needed
    .filter(([program]) => !folders.some((folder) => existsSync(path.join(folder, program))))
    .map(([program, name]) =>
      name === '' ? `${program} is not on the PATH` : `${program} is missing; it is in Debian's package ${name}`,
    );
}
