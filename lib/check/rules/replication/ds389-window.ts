import { limitsOf } from '../../../topology/engine-limits';
import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R9, R32: windows that a supplier takes and was not seen to open. */
export const ds389Window: Rule = {
  id: 'replication/ds389-window',
  severity: 'warning',
  requirements: ['R9', 'R32'],
  title: 'Updates do not wait for a window of 389 Directory Server.',
  rationale:
    'Version 2.3.1 sends nothing outside of a window, and was not seen to send in one: the agreement goes on waiting while the window is open. The consumer has what it was initialised with, and what it misses is more every day.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicationAgreements.flatMap(({ path, supplier, updateMode }) => {
      if (updateMode.when !== 'windows') return [];
      const waiting = graph
        .suppliersOf(supplier)
        .map((id) => graph.server(id))
        .find(({ engine, version }) => engine === 'ds389' && limitsOf(engine, version)?.opensWindows !== true);
      if (!waiting) return [];
      return [
        {
          path,
          problem: `${waiting.name} was not seen to send updates when a window opens`,
          value: `${waiting.engine} ${waiting.version}`,
          remedy:
            'use UpdateMode.onChange(), or OpenLDAP and UpdateMode.every(), or acknowledge the finding when your version was seen to do it',
          property: 'updateMode',
        },
      ];
    });
  },
};
