import { schemaOrder } from '../../topology/openldap-schema';
import { by, sortedUnique } from '../../topology/order';
import type { DirectoryFacts, SchemaFileFacts } from '../../topology/replication';
import { FormatError } from '../format-error';
import { entry, shippedSchemas } from '../slapd/entries';
import type { LdifRecord } from '../slapd/ldif';

/** The schema of a server: what slapd ships, then definitions of the user by name of their file. */
export function schemas(directories: readonly DirectoryFacts[]): readonly LdifRecord[] {
  const shipped = schemaOrder(sortedUnique(directories.flatMap((one) => one.schemas)));
  const files = merged(directories.flatMap((one) => one.schemaFiles));
  return [...shippedSchemas(shipped), ...files.map((file, index) => definitions(file, shipped, index))];
}

function merged(files: readonly SchemaFileFacts[]): readonly SchemaFileFacts[] {
  const known = new Map<string, SchemaFileFacts>();
  for (const file of files) {
    const other = known.get(file.name);
    if (other && JSON.stringify(other.definitions) !== JSON.stringify(file.definitions)) {
      throw new FormatError({
        format: 'slapd.ldif',
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

function definitions(
  { name, definitions: lines }: SchemaFileFacts,
  shipped: readonly string[],
  index: number,
): LdifRecord {
  const number = 1 + shipped.length + index;
  const of = (kind: string): readonly string[] =>
    lines.filter((line) => line.startsWith(`${kind}: `)).map((line) => line.slice(kind.length + 2));
  return entry(`cn={${number}}${name},cn=schema,cn=config`, [
    ['objectClass', 'olcSchemaConfig'],
    ['cn', `{${number}}${name}`],
    ...of('attributeTypes').map((line): [string, string] => ['olcAttributeTypes', line]),
    ...of('objectClasses').map((line): [string, string] => ['olcObjectClasses', line]),
  ]);
}
