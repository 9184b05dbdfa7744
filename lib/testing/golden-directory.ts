import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

let configured: string | undefined;

/**
 * Says where golden files are kept. Call it in the test file, or in a `setupFilesAfterEnv` file of jest for all tests.
 *
 * @param directory absolute, or relative to the directory of each test file; `undefined` brings back the default:
 * `golden` beside the test file
 */
export function configureGoldenDirectory(directory: string | undefined): void {
  configured = directory;
}

/**
 * The golden directory for a test file.
 * @throws Error when neither a test file nor an absolute directory is known
 */
export function goldenDirectory(testPath: string | undefined): string {
  const directory = configured ?? 'golden';
  if (isAbsolute(directory)) return directory;
  if (testPath === undefined) {
    throw new Error(
      `the golden directory is relative to a test file and none is running (${directory}); call configureGoldenDirectory with an absolute path`,
    );
  }
  return resolve(dirname(testPath), directory);
}

/**
 * The path of a file inside a directory.
 * @throws Error when the names would lead out of it
 */
export function inside(directory: string, ...names: readonly string[]): string {
  const path = join(directory, ...names);
  const way = relative(directory, path);
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    throw new Error(`a golden file must lie inside its directory (${names.join('/')}); use plain names`);
  }
  return path;
}
