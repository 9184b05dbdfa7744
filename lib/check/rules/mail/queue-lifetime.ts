import { mailGraph } from '../../../topology/mail-graph';
import { time } from '../../wording';
import type { Rule } from '../../rule';

/** S4: mail waits in the queue for as long as recovery may take. */
export const queueLifetime: Rule = {
  id: 'mail/queue-lifetime',
  severity: 'error',
  requirements: ['S4', 'S9'],
  title:
    'The queue lifetime of every mail server is not shorter than the recovery that is promised for its pair and site.',
  rationale:
    'What is older is returned to its sender when the queue is started again: mail that was accepted and could have been delivered bounces.',
  check: (topology) => {
    const graph = mailGraph(topology);
    return topology.mailPairs.flatMap((pair) => {
      const sites = graph.sitesOf(pair);
      const promises = [pair, ...topology.disasterRecoverySites.filter(({ primary }) => sites.includes(primary))];
      return graph.serversOf(pair).flatMap(({ path, queue: { lifetime } }) =>
        promises
          .filter(({ promisedRecovery }) => lifetime < promisedRecovery)
          .map(({ name, promisedRecovery }) => ({
            path,
            problem: `mail is returned before ${name} has to be back`,
            value: `${time(lifetime)}, promised ${time(promisedRecovery)}`,
            remedy: 'raise queueLifetime or promise less time',
            property: 'queueLifetime',
          })),
      );
    });
  },
};
