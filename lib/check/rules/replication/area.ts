import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R1: the unit of replication is the database. */
export const area: Rule = {
  id: 'replication/area',
  severity: 'error',
  requirements: ['R1', 'R2'],
  title: 'An agreement replicates the whole directory where the engine knows nothing less, and nothing outside of it.',
  rationale:
    '389 Directory Server replicates whole databases. OpenLDAP takes a base and a filter, but leaves out no subtree.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements.flatMap(
      ({ path, directory, consumer, area: { base, exclusions, filter } }) => {
        const { suffix } = graph.directory(directory);
        const { engine, name } = graph.server(consumer);
        const finding = (problem: string, value: string, remedy: string): ReturnType<Rule['check']> => [
          { path, problem, value, remedy, property: 'area' },
        ];
        if (!isBelow(base, suffix)) return finding(`the area is not below the suffix ${suffix}`, base, 'correct it');
        if (exclusions.length > 0)
          return finding(
            `${name} runs ${engine}, which leaves out no subtree`,
            exclusions.join('; '),
            'make it a directory of its own',
          );
        if (engine === 'ds389' && (filter !== undefined || base.toLowerCase() !== suffix.toLowerCase()))
          return finding(
            `${name} runs ${engine}, which replicates whole directories`,
            filter ?? base,
            'make it a directory of its own',
          );
        return [];
      },
    );
  },
};

const isBelow = (name: string, suffix: string): boolean =>
  `,${name}`.toLowerCase().endsWith(`,${suffix}`.toLowerCase());
