import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R9, R32: windows that an engine can not keep. */
export const schedule: Rule = {
  id: 'replication/schedule',
  severity: 'error',
  requirements: ['R9', 'R32'],
  title: 'Updates have a schedule that the engine can keep.',
  rationale:
    'OpenLDAP knows an interval and no time of the day; 389 Directory Server knows windows and no interval. What is rendered instead would load a line in the hours that were to be spared.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements.flatMap(({ path, consumer, updateMode }) => {
      const { engine, name } = graph.server(consumer);
      const unknown = engine === 'openldap' ? 'windows' : 'periodic';
      if (updateMode.when !== unknown) return [];
      return [
        {
          path,
          problem: `${name} runs ${engine}, which has no ${engine === 'openldap' ? 'windows of the day' : 'interval of updates'}`,
          value: updateMode.when,
          remedy: engine === 'openldap' ? 'use UpdateMode.every()' : 'use UpdateMode.during()',
          property: 'updateMode',
        },
      ];
    });
  },
};
