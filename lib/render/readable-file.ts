import type { ConstructPath } from '../topology/units';
import type { RenderedFile } from './file';
import { FormatError } from './format-error';

/**
 * A file that root owns and everybody may read, without a secret.
 * @param print makes the text; a `FormatError` of it names the construct
 * @param more checker and activation, where the file has them
 */
export function readableFile(
  path: string,
  source: ConstructPath,
  print: () => string,
  more: Pick<RenderedFile, 'checker' | 'activation'> = {},
): RenderedFile {
  const content = FormatError.naming(source, print);
  return { path, content, mode: '0644', owner: 'root', group: 'root', secrets: [], source, ...more };
}

/**
 * A shell script that root owns and everybody may run, without a secret.
 * @param print makes the text; a `FormatError` of it names the construct
 */
export function programFile(
  path: string,
  source: ConstructPath,
  print: () => string,
  more: Pick<RenderedFile, 'activation'> = {},
): RenderedFile {
  return { ...readableFile(path, source, print, { checker: 'sh', ...more }), mode: '0755' };
}
