import { OPENLDAP_SCHEMAS } from '../../../topology/openldap-schema';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule, RuleFinding } from '../../rule';

/** R47: what a server loads has to be there. */
export const knownSchema: Rule = {
  id: 'directory/known-schema',
  severity: 'error',
  requirements: ['R47'],
  title: 'Schemas on OpenLDAP are those that it ships, and own ones have other names.',
  rationale: 'slapd does not start without a schema file that its configuration includes, nor with two of one name.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories.flatMap(({ id, path, schemas, schemaFiles }): readonly RuleFinding[] => {
      if (!graph.replicasOf(id).some(({ server }) => graph.server(server).engine === 'openldap')) return [];
      const unknown = schemas
        .filter((name) => !OPENLDAP_SCHEMAS.includes(name))
        .map((name) => ({
          path,
          problem: 'OpenLDAP does not ship this schema',
          value: name,
          remedy: `bring it as schemaFiles; shipped are ${OPENLDAP_SCHEMAS.join(', ')}`,
          property: 'schemas',
        }));
      const beside = topology.directories.filter(
        (other) =>
          other.id < id && graph.replicasOf(other.id).some(({ server }) => graph.replica(id, server) !== undefined),
      );
      const taken = schemaFiles
        .filter(
          ({ name, definitions }) =>
            OPENLDAP_SCHEMAS.includes(name) ||
            beside.some((other) =>
              other.schemaFiles.some(
                (file) => file.name === name && JSON.stringify(file.definitions) !== JSON.stringify(definitions),
              ),
            ),
        )
        .map(({ name }) => ({
          path,
          problem: 'another schema of its servers has the name of this schema file',
          value: name,
          remedy: 'rename it',
          property: 'schemaFiles',
        }));
      return [...unknown, ...taken];
    });
  },
};
