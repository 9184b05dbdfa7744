import { lookup } from '../../../topology/lookup';
import { mailGraph } from '../../../topology/mail-graph';
import { onOneKernel } from '../../../topology/mail-queues';
import type { Rule } from '../../rule';

/** X4: a queue cannot be taken over while its owner lives. */
export const takeoverWhileAlive: Rule = {
  id: 'mail/takeover-while-alive',
  severity: 'error',
  requirements: ['S4', 'X4', 'E33'],
  title: 'The queue of a server that lives cannot be mounted by its peer.',
  rationale:
    'A lock in the queue is seen by processes of one kernel only; on another host nothing keeps a second Postfix from the queue. Fencing first, and a DRBD resource that one node alone may promote, do.',
  check: (topology) => {
    const graph = mailGraph(topology);
    return topology.mailPairs.flatMap((pair) =>
      graph.serversOf(pair).flatMap((server) => {
        const { storage } = server.queue;
        const resource = storage.kind === 'drbd' ? lookup(topology).drbdResource(storage.resource) : undefined;
        return [
          ...(pair.takeover.fenceFirst || onOneKernel(topology, server)
            ? []
            : [
                {
                  path: pair.path,
                  problem: `the queue of ${server.name} would be taken over without fencing, from another kernel`,
                  value: 'false',
                  remedy: 'leave fenceFirst as it is',
                  property: 'fenceFirst',
                },
              ]),
          ...(resource?.net.extraOptions['allow-two-primaries'] === undefined ||
          resource.net.extraOptions['allow-two-primaries'] === 'no'
            ? []
            : [
                {
                  path: resource.path,
                  problem: `both hosts may write the queue of ${server.name} at the same time`,
                  value: 'allow-two-primaries',
                  remedy: 'remove the option',
                  property: 'extraOptions',
                },
              ]),
        ];
      }),
    );
  },
};
