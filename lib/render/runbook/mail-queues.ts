import { lookup } from '../../topology/lookup';
import { pairOfCluster } from '../../topology/mail-cluster';
import { mailGraph } from '../../topology/mail-graph';
import { instanceDirectory, instanceName, QUEUE_PROGRAM } from '../../topology/mail-instances';
import { quoteCommand } from '../shell/quote';
import type { RunbookCluster } from './facts';
import { caseOf, commands, section, table, text, type RunbookBlock } from './markdown';

/** The queues of a mail pair: looking at them, and bringing them home. */
export function mailQueues({ topology, cluster }: RunbookCluster): readonly RunbookBlock[] {
  const pair = pairOfCluster(topology, cluster);
  if (!pair) return [];
  const servers = mailGraph(topology)
    .serversOf(pair)
    .map((server) => ({ ...server, home: lookup(topology).host(server.host).name }));
  const rows = servers.map((server) => [
    ...[server.name, server.home, server.queue.directory, instanceDirectory(server)],
    `journalctl -u ${instanceName(server)}`,
  ]);
  return [
    section(`Mail queues of pair ${pair.name}`),
    text(
      'A server takes mail while its queue is at home. On the other host its queue is delivered, and senders go to the other',
      'server. A queue that was taken over from a lost host goes home by itself when the host is back and both copies are',
      'current; one that an operator moved stays until it is brought home.',
    ),
    ...table(['server', 'at home on', 'queue', 'configuration', 'log'], rows),
    caseOf('Look at a queue'),
    text('On the host that has it: its depth and age, the messages, and a try of all of them now.'),
    commands(
      ...servers.flatMap((server) => [
        quoteCommand([QUEUE_PROGRAM, 'show', server.name]),
        quoteCommand(['postqueue', '-c', instanceDirectory(server), '-p']),
        quoteCommand(['postqueue', '-c', instanceDirectory(server), '-f']),
      ]),
    ),
    caseOf('Bring a queue home'),
    commands(
      ...servers.map(({ name, home }) =>
        quoteCommand(['tandem', 'switch', topology.name, '--group', name, '--to', home]),
      ),
    ),
  ];
}
