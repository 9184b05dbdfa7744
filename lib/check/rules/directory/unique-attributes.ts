import { knownAttributes } from '../../../topology/openldap-schema';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R40: what is to be unique is an attribute. */
export const uniqueAttributes: Rule = {
  id: 'directory/unique-attributes',
  severity: 'error',
  requirements: ['R40', 'R42'],
  title: 'Attributes that the plug-in for unique values looks after are known to OpenLDAP.',
  rationale: 'slapd does not start with an attribute in its configuration that no schema defines.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.directoryServers
      .filter(({ engine }) => engine === 'openldap')
      .flatMap(({ id, path, uniqueAttributes: wanted = [] }) => {
        if (wanted.length === 0) return [];
        const directories = topology.replicas
          .filter(({ server }) => server === id)
          .map((one) => graph.directory(one.directory));
        const known = knownAttributes(
          directories.flatMap(({ schemas }) => schemas),
          directories.flatMap(({ schemaFiles }) => schemaFiles.flatMap(({ definitions }) => definitions)),
        );
        return wanted
          .filter((name) => !known.has(name.toLowerCase()))
          .map((value) => ({
            path,
            problem: 'an attribute that no schema of the directories defines under this name',
            value,
            remedy: 'correct it, or add its schema to the directory',
            property: 'uniqueAttributes',
          }));
      });
  },
};
