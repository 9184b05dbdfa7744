import { mailGraph } from '../../../topology/mail-graph';
import { duplicates } from '../../collections';
import type { Rule } from '../../rule';

/** S4: one queue for each direction. X7: what both work with at a time would need a cluster file system. */
export const queuePerServer: Rule = {
  id: 'mail/queue-per-server',
  severity: 'error',
  requirements: ['S4', 'X4', 'X7'],
  title: 'No two mail servers have their queues on one volume.',
  rationale:
    'Both servers work at the same time. A DRBD resource is primary on one of them only, a file system that both mount is destroyed unless it is one for clusters, and of two Postfixes on one queue the second does not start.',
  check: (topology) =>
    duplicates(topology.mailServers, ({ queue: { storage } }) =>
      storage.kind === 'drbd'
        ? `DRBD resource ${storage.resource}`
        : storage.kind === 'shared'
          ? `shared volume ${storage.volume}`
          : undefined,
    ).flatMap(({ key, first, others }) =>
      others.map(({ path }) => ({
        path,
        problem: `the queue is on the volume of the queue of ${mailGraph(topology).server(first.id).name}`,
        value: key,
        remedy: 'give each server a volume of its own',
        property: 'queue',
      })),
    ),
};
