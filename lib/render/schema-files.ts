import { by } from '../topology/order';
import type { DirectoryFacts, SchemaFileFacts } from '../topology/replication';
import { FormatError } from './format-error';

/**
 * The schema files of a server's directories, each once, by name.
 * @param format that an error names
 * @throws FormatError where two directories have different files of one name
 */
export function schemaFilesOf(format: string, directories: readonly DirectoryFacts[]): readonly SchemaFileFacts[] {
  const known = new Map<string, SchemaFileFacts>();
  for (const file of directories.flatMap((one) => one.schemaFiles)) {
    const other = known.get(file.name);
    if (other && JSON.stringify(other.definitions) !== JSON.stringify(file.definitions)) {
      throw new FormatError({
        format,
        what: 'a schema file',
        problem: 'has other definitions in another directory of the server',
        remedy: 'rename one of them',
        value: file.name,
      });
    }
    known.set(file.name, file);
  }
  return [...known.values()].sort(by(({ name }) => name));
}
