import { mailGraph } from '../../../topology/mail-graph';
import { covers } from '../../../topology/directory';
import type { Rule } from '../../rule';

/** S4: two queues are mounted on one host. */
export const takeoverDirectory: Rule = {
  id: 'mail/takeover-directory',
  severity: 'error',
  requirements: ['S4'],
  title: 'The survivor mounts the queue of its peer beside its own.',
  rationale:
    'After a take-over both queues are mounted on one host. One on top of the other hides mail, and the second Postfix finds the lock of the first.',
  check: (topology) =>
    topology.mailPairs.flatMap((pair) => {
      const [one, other] = mailGraph(topology).serversOf(pair);
      if (!one || !other) return [];
      return [
        { dead: one, survivor: other },
        { dead: other, survivor: one },
      ]
        .filter(({ dead, survivor }) =>
          [survivor.queue.directory, survivor.dataDirectory].some(
            (own) => covers(own, dead.queue.takeoverDirectory) || covers(dead.queue.takeoverDirectory, own),
          ),
        )
        .map(({ dead, survivor }) => ({
          path: dead.path,
          problem: `its queue would be mounted in or above a directory of ${survivor.name}`,
          value: dead.queue.takeoverDirectory,
          remedy: 'choose a directory of its own',
          property: 'takeoverDirectory',
        }));
    }),
};
