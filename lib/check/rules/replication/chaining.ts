import { isPlainName, isWithin } from '../../../topology/chaining';
import type { DirectoryServerFacts, ReplicaFacts } from '../../../topology/replication';
import { type ReplicationGraph, replicationGraph } from '../../../topology/replication-graph';
import type { Topology } from '../../../topology/topology';
import type { Rule, RuleFinding } from '../../rule';

/** R3, R18: a server that writes in the names of others may do no more than they. */
export const chaining: Rule = {
  id: 'replication/chaining',
  severity: 'error',
  requirements: ['R3', 'R18'],
  title:
    "A copy that has writes done ('chain') holds the whole directory, its server does so for all its copies, and names of servers stay apart from those of clients.",
  rationale:
    'The server may name any client below the suffix. If it gets a part of the directory it could read the rest as they do; if another server had a name below the suffix, it could be named too; and slapd knows the overlay for a whole server, not for one of its databases.',
  check: (topology) => {
    const graph = replicationGraph(topology);
    return topology.replicas
      .filter((replica) => replica.updates === 'chain' && graph.server(replica.server).engine === 'openldap')
      .flatMap((replica) => problemsOf(topology, graph, replica));
  },
};

function problemsOf(topology: Topology, graph: ReplicationGraph, replica: ReplicaFacts): readonly RuleFinding[] {
  const { path, directory, server } = replica;
  const { suffix } = graph.directory(directory);
  const remedy = "use updates: 'refer'";
  const finding = (problem: string, value: string, more = ''): RuleFinding => ({
    ...{ path, problem, value, remedy: `${more}${remedy}`, property: 'updates' },
  });
  const part = graph
    .agreementsOf(directory)
    .find(
      ({ consumer, attributes, area }) =>
        consumer === server && (attributes.kind !== 'all' || area.filter !== undefined || !isWithin(suffix, area.base)),
    );
  const referring = topology.replicas.find((other) => other.server === server && other.updates === 'refer');
  const inside = graph
    .replicasOf(directory)
    .map((other) => subjectOf(graph.server(other.server)))
    .find((subject) => isWithin(subject, suffix));
  const subject = subjectOf(graph.server(server));
  return [
    ...(part ? [finding('a copy of a part that would write in the names of its clients', part.id)] : []),
    ...(referring
      ? [
          finding(
            'another copy of the server refers writes, and slapd does one or the other',
            referring.id,
            'chain both, or ',
          ),
        ]
      : []),
    ...(inside === undefined
      ? []
      : [finding('a server of the directory has a name below its suffix', inside, 'give it another identity, or ')]),
    ...[suffix, subject]
      .filter((name) => !isPlainName(name))
      .map((name) => finding('a name with blanks or characters to escape', name, 'write it without them, or ')),
  ];
}

const subjectOf = ({ certificate, identity }: DirectoryServerFacts): string => certificate?.subject ?? identity;
