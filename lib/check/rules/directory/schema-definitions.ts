import {
  OPENLDAP_MATCHING_RULES,
  OPENLDAP_SYNTAXES,
  shippedObjectClasses,
} from '../../../topology/openldap-object-classes';
import { shippedAttributes } from '../../../topology/openldap-schema';
import type { DirectoryFacts } from '../../../topology/replication';
import { replicationGraph } from '../../../topology/replication-graph';
import { readDefinition, type DefinitionProblem, type SchemaDefinition } from '../../../topology/schema-definition';
import type { Rule } from '../../rule';

/** R47: what a schema file builds on is there before it. */
export const schemaDefinitions: Rule = {
  id: 'directory/schema-definitions',
  severity: 'error',
  requirements: ['R44', 'R47'],
  title: 'Definitions of schema files build on what OpenLDAP knows, and define nothing twice.',
  rationale:
    'slapd reads definitions one after the other, attribute types of a file before its object classes, and does not start with one whose superior, syntax, matching rule or attribute it has not met.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directories
      .filter(({ id }) => graph.replicasOf(id).some(({ server }) => graph.server(server).engine === 'openldap'))
      .flatMap((directory) =>
        problemsOf(directory).map(({ problem, value }) => ({
          path: directory.path,
          problem,
          value,
          remedy: 'correct it, put what it needs before it, or add the schema that brings it',
          property: 'schemaFiles',
        })),
      );
  },
};

function problemsOf({ schemas, schemaFiles }: DirectoryFacts): readonly DefinitionProblem[] {
  const attributes = new Set(shippedAttributes(schemas));
  const classes = new Set(shippedObjectClasses(schemas));
  const identifiers = new Set<string>();
  return schemaFiles.flatMap(({ definitions }) => {
    const read = definitions.map(readDefinition);
    const broken = read.flatMap((one) => ('problem' in one ? [one] : []));
    const good = read.flatMap((one) => ('problem' in one ? [] : [one]));
    // In the order in which slapd reads them.
    const ordered = [
      ...good.filter(({ kind }) => kind === 'attributeTypes'),
      ...good.filter(({ kind }) => kind === 'objectClasses'),
    ];
    const found = ordered.flatMap((one) => {
      const known = one.kind === 'attributeTypes' ? attributes : classes;
      const twice = [
        ...(identifiers.has(one.oid) ? [one.oid] : []),
        ...one.names.filter((name) => known.has(name.toLowerCase())),
      ].map((value) => ({ problem: `${nameOf(one)} is defined already`, value }));
      const missing = missingIn(one, attributes, classes);
      identifiers.add(one.oid);
      for (const name of [one.oid, ...one.names]) known.add(name.toLowerCase());
      return [...twice, ...missing];
    });
    return [...broken, ...found];
  });
}

function missingIn(
  one: SchemaDefinition,
  attributes: ReadonlySet<string>,
  classes: ReadonlySet<string>,
): readonly DefinitionProblem[] {
  const unknown = (what: string, names: readonly string[], known: ReadonlySet<string>): readonly DefinitionProblem[] =>
    names
      // Which numbers stand for what slapd ships is not looked up.
      .filter((name) => !/^[0-9]/.test(name) && !known.has(name.toLowerCase()))
      .map((value) => ({ problem: `${nameOf(one)} names ${what} that is not known before it`, value }));
  if (one.kind === 'objectClasses')
    return [...unknown('a superior', one.superiors, classes), ...unknown('an attribute', one.attributes, attributes)];
  const { superior, syntax } = one;
  return [
    ...unknown('a superior', superior === undefined ? [] : [superior], attributes),
    ...unknown('a matching rule', one.matchingRules, OPENLDAP_MATCHING_RULES),
    ...(syntax === undefined || OPENLDAP_SYNTAXES.has(syntax)
      ? []
      : [{ problem: `${nameOf(one)} has a syntax that is not known`, value: syntax }]),
  ];
}

const nameOf = ({ oid, names }: SchemaDefinition): string => names[0] ?? oid;
