import { schemaOrder } from '../../topology/openldap-schema';
import { sortedUnique } from '../../topology/order';
import type { DirectoryFacts, SchemaFileFacts } from '../../topology/replication';
import { schemaFilesOf } from '../schema-files';
import { entry, shippedSchemas } from '../slapd/entries';
import type { LdifRecord } from '../slapd/ldif';

/** The schema of a server: what slapd ships, then definitions of the user by name of their file. */
export function schemas(directories: readonly DirectoryFacts[]): readonly LdifRecord[] {
  const shipped = schemaOrder(sortedUnique(directories.flatMap((one) => one.schemas)));
  const files = schemaFilesOf('slapd.ldif', directories);
  return [...shippedSchemas(shipped), ...files.map((file, index) => definitions(file, shipped, index))];
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
