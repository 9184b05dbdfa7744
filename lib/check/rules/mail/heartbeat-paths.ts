import { keptApartByLock } from '../../../topology/mail-queues';
import { dependentLinks } from '../../dependent-links';
import type { Rule } from '../../rule';

/** S3, X20: two heartbeat paths that no single fault cuts. */
export const heartbeatPaths: Rule = {
  id: 'mail/heartbeat-paths',
  severity: 'error',
  requirements: ['X20', 'E6', 'S3'],
  title: 'A mail pair has two heartbeat links that share no network, switch, interface or card.',
  rationale:
    'With one path, or two that one fault cuts, each server takes the other for dead: both reset each other, and a pair of which both work becomes one of which none does. Containers that the lock in the queue keeps apart reset nobody.',
  check: (topology) =>
    topology.mailPairs
      .filter((pair) => !keptApartByLock(topology, pair))
      .flatMap((pair) => dependentLinks(topology, pair)),
};
