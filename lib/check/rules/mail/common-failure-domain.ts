import { mailGraph } from '../../../topology/mail-graph';
import { commonIsolation } from '../../host-isolation';
import type { Rule } from '../../rule';

/** F6: the servers of a pair do not fail together. */
export const commonFailureDomain: Rule = {
  id: 'mail/common-failure-domain',
  severity: 'warning',
  requirements: ['F6', 'S3'],
  title: 'The servers of a mail pair share no rack, hypervisor, only power feed or only switch.',
  rationale: 'What takes down or cuts off both takes the mail of both: nobody is left to take over.',
  check: (topology) =>
    topology.mailPairs.flatMap((pair) =>
      commonIsolation(topology, mailGraph(topology).hostsOf(pair)).map(({ id, kind }) => ({
        path: pair.path,
        problem: `both servers depend on one ${kind}`,
        value: id,
        remedy: 'move one of them, or give it a second one',
        property: 'servers',
      })),
    ),
};
