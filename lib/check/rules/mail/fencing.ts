import { lookup } from '../../../topology/lookup';
import { mailGraph } from '../../../topology/mail-graph';
import { keptApartByLock } from '../../../topology/mail-queues';
import { byId } from '../../collections';
import { unfenced } from '../../unfenced';
import type { Rule } from '../../rule';

/** X4: the owner of a queue is fenced before another one takes it. */
export const fencing: Rule = {
  id: 'mail/fencing',
  severity: 'error',
  requirements: ['X4', 'S3', 'S4', 'E33'],
  title: 'Every server of a mail pair can be reset by a device that its peer uses.',
  rationale:
    'When only the heartbeat fails, the survivor cannot know whether the other one still delivers from its queue. Two that deliver from one queue send mail twice, and two that mount one file system destroy it.',
  check: (topology) => {
    const graph = mailGraph(topology);
    const devices = byId(topology.fencingDevices);
    return topology.mailPairs
      .filter((pair) => !keptApartByLock(topology, pair))
      .flatMap((pair) =>
        unfenced(
          topology,
          graph.hostsOf(pair),
          pair.fencing.flatMap((id) => devices.get(id) ?? []),
        ).map((host) => ({
          path: pair.path,
          problem: 'no fencing device that its peer uses resets this server',
          value: lookup(topology).host(host).name,
          remedy: 'give the pair a fencing device for it, issued from the other host',
          property: 'fencing',
        })),
      );
  },
};
