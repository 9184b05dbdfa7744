import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { InputFile } from '../adopt/input';
import { fileError } from './user-error';

/** Largest file that is read: configuration is never that long, devices and logs are. */
const MAXIMUM_SIZE = 16 * 1024 * 1024;

/**
 * Reads a text file; its name in messages is the one the user gave.
 * @throws UserError when it cannot be read
 */
export function readInput(file: string, directory: string): InputFile {
  const place = path.resolve(directory, file);
  try {
    const stat = statSync(place);
    if (stat.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (stat.size > MAXIMUM_SIZE) throw new Error(`larger than ${MAXIMUM_SIZE} bytes`);
    return { file, text: readFileSync(place, 'utf8'), mode: stat.mode & 0o7777 };
  } catch (error) {
    throw fileError('cannot read', file, error);
  }
}
