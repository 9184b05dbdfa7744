import { nameProblem } from '../../../topology/name-syntax';
import { knownAttributes } from '../../../topology/openldap-schema';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule, RuleFinding } from '../../rule';

/** R21: an agreement speaks of what its consumer knows. */
export const agreementAttributes: Rule = {
  id: 'replication/known-attributes',
  severity: 'error',
  requirements: ['R21', 'R44'],
  title: 'Attributes in the selection and the area of an agreement are known to OpenLDAP.',
  rationale: 'slapd does not start with a selection or a base in which it does not know an attribute.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements.flatMap(
      ({ path, directory, consumer, attributes, area }): readonly RuleFinding[] => {
        if (graph.server(consumer).engine !== 'openldap') return [];
        const { schemas, schemaFiles } = graph.directory(directory);
        const known = knownAttributes(
          schemas,
          schemaFiles.flatMap(({ definitions }) => definitions),
        );
        const unknown = (attributes.kind === 'all' ? [] : attributes.attributes)
          .filter((name) => !known.has(name.toLowerCase()))
          .map((name) => ({
            path,
            problem: 'an attribute that no schema of the directory defines under this name',
            value: name,
            remedy: 'correct it, or add its schema to the directory',
            property: attributes.kind === 'include' ? 'includedAttributes' : 'excludedAttributes',
          }));
        const base = nameProblem(area.base);
        return [...unknown, ...(base ? [{ path, ...base, property: 'area' }] : [])];
      },
    );
  },
};
