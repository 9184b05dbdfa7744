import { replicationGraph } from '../../topology/replication-graph';
import type { Topology } from '../../topology/topology';
import { hostnameOf, instanceName, suffixOf } from '../ds389/words';
import { quoteCommand } from '../shell/quote';
import { caseOf, commands, section, text, type RunbookBlock } from './markdown';

/** First filling of directories on 389 Directory Server, and what is left behind by a supplier that leaves. */
export function ds389Directories(topology: Topology): readonly RunbookBlock[] {
  const graph = replicationGraph(topology);
  return topology.directories.flatMap((directory): readonly RunbookBlock[] => {
    const replicas = graph.replicasOf(directory.id).filter(({ server }) => graph.server(server).engine === 'ds389');
    if (replicas.length === 0) return [];
    const suppliers = replicas.filter(({ role }) => role === 'supplier' || role === 'mirror');
    const hubs = replicas.filter(({ role }) => role === 'hub').map(({ server }) => graph.server(server));
    return [
      section(`Directory ${directory.name} on 389 Directory Server`),
      caseOf('A server is empty'),
      text(
        'On the host of each server that sends to it. Whoever has entries is left alone; `--again` replaces all that a consumer has:',
      ),
      commands(quoteCommand(['tandem-ds389-initialize', suffixOf(directory)])),
      ...suppliers.flatMap(({ server, replicaId }): readonly RunbookBlock[] => {
        const [other] = suppliers.filter((one) => one.server !== server).map((one) => graph.server(one.server));
        const leaving = graph.server(server);
        if (other === undefined) return [];
        return [
          caseOf(`Supplier ${leaving.name} leaves`),
          text(
            'Without this all others look for its changes for ever. See that they hold them, take it out of the stack, apply, stop',
            `it, and then on ${hostnameOf(other)}; each of the others has to be reachable:`,
          ),
          commands(
            quoteCommand([
              ...['dsconf', instanceName(other), 'repl-tasks', 'cleanallruv'],
              ...['--suffix', suffixOf(directory), '--replica-id', String(replicaId)],
            ]),
            quoteCommand(['dsconf', instanceName(other), 'repl-tasks', 'list-cleanruv-tasks']),
          ),
          ...(hubs.length > 0
            ? [
                text(
                  'Hubs do not pass it on. What is behind one forgets when it is filled anew, on',
                  `${hubs.map(hostnameOf).join(', ')}; the task \`CLEANRUV\` ends the server of a consumer in version 2.3.1:`,
                ),
                commands(quoteCommand(['tandem-ds389-initialize', '--again', suffixOf(directory)])),
              ]
            : []),
        ];
      }),
    ];
  });
}
