import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the values of a deployment's secrets are, each in a file, beside the variable file. */
export const secretsFolder = (directory: string, deployment: string): string =>
  join(directory, `${deployment}.secrets`);

const IGNORE = '# Secrets do not belong in a repository.\n*\n';

/**
 * Writes a file for each value, which only its owner can read. Files keep their place on the disk, because containers that
 * run have them mounted.
 */
export function writeSecretFiles(folder: string, values: Readonly<Record<string, unknown>>): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const ignore = join(folder, '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, IGNORE);
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string' || !/^[a-z0-9_]+$/.test(name)) continue;
    const file = join(folder, name);
    // Closed before it is filled: an old file may be open to others.
    if (existsSync(file)) chmodSync(file, 0o600);
    writeFileSync(file, value, { mode: 0o600 });
  }
}
