import { lookup } from '../../../topology/lookup';
import { mailGraph } from '../../../topology/mail-graph';
import { hostsOfQueue } from '../../queue-storage';
import type { Rule } from '../../rule';

/** S4, E13: the peer reaches the queue of a dead server. */
export const queueReachable: Rule = {
  id: 'mail/queue-reachable',
  severity: 'error',
  requirements: ['S4', 'E13', 'E33'],
  title: 'The queue of every mail server is on storage that its peer reaches.',
  rationale:
    'Mail that was accepted and not delivered yet lies in the queue. On a disk of its own it is stuck until the server is back, and lost with the disk.',
  check: (topology) => {
    const graph = mailGraph(topology);
    return topology.mailPairs.flatMap((pair) =>
      graph.serversOf(pair).flatMap((server) =>
        graph
          .hostsOf(pair)
          .filter((host) => !hostsOfQueue(topology, server).includes(host))
          .map((host) => ({
            path: server.path,
            problem: `the queue is on storage that ${host === server.host ? 'its own host' : 'its peer'} does not reach (${server.queue.storage.kind})`,
            value: lookup(topology).host(host).name,
            remedy: 'put it on a DRBD resource or a shared volume of both hosts',
            property: 'queue',
          })),
      ),
    );
  },
};
