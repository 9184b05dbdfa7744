import { replicationGraph } from '../../../topology/replication-graph';
import type { Rule } from '../../rule';

/** R14, E34: what the loss of two suppliers does to a ring. */
export const ring: Rule = {
  id: 'replication/ring',
  severity: 'warning',
  requirements: ['R14', 'E34'],
  title: 'Suppliers form a mesh, or a ring of three.',
  rationale:
    'In a ring of four and more some pairs of servers hold it together: with both of them lost the others no longer hear each other, take writes all the same, and drift apart.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.multiMasterGroups
      .filter(({ topology: shape, suppliers }) => shape === 'ring' && suppliers.length > 3)
      .map(({ path, suppliers }) => ({
        path,
        problem: 'the loss of two suppliers that are no neighbours parts the others',
        value: splitting(suppliers.map((id) => graph.server(id).name)).join('; '),
        remedy: "use topology 'mesh', or accept it where two are never lost at once",
        property: 'topology',
      }));
  },
};

/** The pairs of a ring whose loss parts those that are left: all that are no neighbours. */
function splitting(members: readonly string[]): readonly string[] {
  return members.flatMap((one, i) =>
    members.flatMap((other, j) => {
      const distance = j - i;
      return distance > 1 && distance < members.length - 1 ? [`${one} and ${other}`] : [];
    }),
  );
}
