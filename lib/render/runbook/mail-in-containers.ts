import { containerName } from '../../topology/container-name';
import { lookup } from '../../topology/lookup';
import type { MailPairFacts } from '../../topology/mail';
import { mailGraph } from '../../topology/mail-graph';
import { instanceDirectory, QUEUE_PROGRAM } from '../../topology/mail-instances';
import { onOneKernel } from '../../topology/mail-queues';
import type { Topology } from '../../topology/topology';
import { quoteCommand } from '../shell/quote';
import { caseOf, commands, section, table, text, type RunbookBlock } from './markdown';

/** The queues of pairs in containers: looking at them, handing them over, and what to do with a server that hangs (S4). */
export function mailInContainers(topology: Topology): readonly RunbookBlock[] {
  const graph = mailGraph(topology);
  return topology.mailPairs
    .filter((pair) => graph.serversOf(pair).every((server) => onOneKernel(topology, server)))
    .flatMap((pair) => pairBlocks(topology, pair));
}

function pairBlocks(topology: Topology, pair: MailPairFacts): readonly RunbookBlock[] {
  const hosts = mailGraph(topology).hostsOf(pair).map(lookup(topology).host);
  const servers = mailGraph(topology)
    .serversOf(pair)
    .flatMap((server) => {
      const home = hosts.find(({ id }) => id === server.host);
      const peer = hosts.find(({ id }) => id !== server.host);
      return home && peer ? [{ ...server, home, peer }] : [];
    });
  const move = (server: string, to: string, ...more: readonly string[]): string =>
    quoteCommand(['tandem', 'switch', topology.name, ...more, '--mail', server, '--to', to, '--docker']);
  const inside = (container: string, ...words: readonly string[]): string =>
    quoteCommand(['docker', 'exec', container, ...words]);
  const rows = servers.map(({ name, home, queue }) => [
    ...[name, home.name, containerName(topology, home), queue.directory],
  ]);
  return [
    section(`Mail queues of pair ${pair.name}`),
    text(
      pair.takeover.decision === 'automatic'
        ? 'A server that is lost is taken over by the other container, and gets its queue back when it starts.'
        : 'When a server is lost, an operator lets the other container deliver its queue; the server gets it back when it starts.',
      'Away, a queue is delivered and takes no new mail. The lock in the queue keeps a second writer out.',
    ),
    ...table(['server', 'at home on', 'container', 'queue'], rows),
    caseOf('Look at a queue'),
    commands(
      quoteCommand(['tandem', 'status', topology.name, '--docker']),
      ...servers.flatMap((server) => [
        inside(containerName(topology, server.home), QUEUE_PROGRAM, 'show', server.name),
        inside(containerName(topology, server.home), 'postqueue', '-c', instanceDirectory(server), '-p'),
      ]),
    ),
    caseOf('Work on a host: hand its queue over, and bring it home'),
    commands(...servers.flatMap(({ name, home, peer }) => [move(name, peer.name), move(name, home.name)])),
    text('It finishes the deliveries that are under way first, so that nothing arrives twice.'),
    caseOf('A server is lost, and nobody took its queue over'),
    commands(...servers.map(({ name, peer }) => move(name, peer.name, '--forced'))),
    text(
      `It refuses while anybody has the lock of the queue. What was being delivered may arrive twice, ${Math.max(...servers.map(({ processLimit }) => processLimit))} messages at most.`,
    ),
    caseOf('A server hangs'),
    text(
      'It has its lock and does not greet; `tandem status` says `mail/hangs`. Nobody may take its queue over before it has ended:',
    ),
    commands(...servers.map(({ home }) => quoteCommand(['docker', 'kill', containerName(topology, home)]))),
  ];
}
