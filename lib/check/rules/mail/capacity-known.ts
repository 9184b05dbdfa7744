import { mailGraph } from '../../../topology/mail-graph';
import { workloadOf } from '../../../topology/mail-load';
import type { Rule } from '../../rule';

/** S10: load and capacity are compared, so both must be declared. */
export const capacityKnown: Rule = {
  id: 'mail/capacity-known',
  severity: 'warning',
  requirements: ['S10'],
  title: 'Where the workload of a pair is declared, so is what its servers carry, and the other way round.',
  rationale: 'Without both nobody can tell whether one server carries the mail of two.',
  check: (topology) =>
    topology.mailPairs.flatMap((pair) => {
      const servers = mailGraph(topology).serversOf(pair);
      const unknown = servers.filter(({ messagesPerSecond }) => messagesPerSecond === undefined);
      if (workloadOf(topology, pair))
        return unknown.map(({ path, name }) => ({
          path,
          problem: 'the workload is declared and what the server carries is not',
          value: name,
          remedy: 'declare messagesPerSecond',
          property: 'messagesPerSecond',
        }));
      return unknown.length === servers.length
        ? []
        : [
            {
              path: pair.path,
              problem: 'what servers carry is declared and the workload is not',
              value: pair.name,
              remedy: 'declare the workload of the pair or of its farm',
              property: 'workload',
            },
          ];
    }),
};
