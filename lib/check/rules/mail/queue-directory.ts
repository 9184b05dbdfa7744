import { covers } from '../../../topology/directory';
import { mailGraph } from '../../../topology/mail-graph';
import type { Rule } from '../../rule';

/** S4: after a take-over both queues are mounted on one host. */
export const queueDirectory: Rule = {
  id: 'mail/queue-directory',
  severity: 'error',
  requirements: ['S4'],
  title: 'The queues of a pair lie in directories beside each other.',
  rationale:
    'A queue has one place on both hosts, and after a take-over both are mounted on one of them. One on top of the other hides mail, and the second Postfix finds the lock of the first.',
  check: (topology) =>
    topology.mailPairs.flatMap((pair) => {
      const [one, other] = mailGraph(topology).serversOf(pair);
      if (!one || !other) return [];
      const [own, others] = [one, other].map(({ queue, dataDirectory }) => [queue.directory, dataDirectory]);
      return (others ?? [])
        .filter((directory) => own?.some((taken) => covers(taken, directory) || covers(directory, taken)))
        .map((directory) => ({
          path: other.path,
          problem: `it lies in, above or at a directory of ${one.name}`,
          value: directory,
          remedy: 'choose a directory of its own',
          property: directory === other.queue.directory ? 'queue' : 'dataDirectory',
        }));
    }),
};
