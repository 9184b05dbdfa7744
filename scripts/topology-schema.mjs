// Makes the JSON Schema of topology.json from the types it is the schema of.
import { writeFileSync } from 'node:fs';
import { createGenerator } from 'ts-json-schema-generator';
import { format } from 'prettier';

const generator = createGenerator({
  path: 'lib/topology/topology.ts',
  tsconfig: 'tsconfig.json',
  type: 'Topology',
  skipTypeCheck: true,
  additionalProperties: false,
});
const schema = { ...generator.createSchema('Topology'), title: 'Topology of a Tandem deployment' };
const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 });
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync('lib/topology/topology.schema.json', text);
