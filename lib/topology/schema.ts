import { Ajv, type ErrorObject } from 'ajv';
import schema from './topology.schema.json';

/**
 * What in a value breaks the schema of a topology; empty for a topology. Facts that topologies of this format version
 * did not always have are filled in with the default that the schema says.
 */
export function schemaFaults(value: unknown): readonly string[] {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true, useDefaults: true }).compile(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    (fault: ErrorObject) =>
      `topology/schema: ${fault.instancePath || '/'} ${fault.message ?? 'breaks the schema'} (${JSON.stringify(fault.params)}); run the synth again`,
  );
}
