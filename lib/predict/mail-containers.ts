import type { MailPairFacts } from '../topology/mail';
import { keptApartByLock } from '../topology/mail-queues';
import { MAIL_WATCH_TIMES } from '../topology/mail-watch-times';
import type { Topology } from '../topology/topology';
import type { Milliseconds } from '../topology/units';
import { between, type Interval } from './interval';

/** The watch counts in whole seconds. */
const GRAIN: Milliseconds = 1000;

/** Until a second Postfix delivers from the queue, on a loaded machine. */
const START: Milliseconds = 2000;

/**
 * From the loss of a mail server in a container until its peer delivers its queue, or until a queue that a server which
 * hangs holds is told of (S4). Absent where no lock keeps both apart, as on hosts, or an operator decides.
 */
export function takeoverByWatch(topology: Topology, pair: MailPairFacts): Interval | undefined {
  const { deadtime, links, takeover } = pair;
  if (takeover.decision === 'operator' || !keptApartByLock(topology, pair)) return undefined;
  const { interval, silentInterval, greeting } = MAIL_WATCH_TIMES;
  const asking = greeting * links.filter(({ kind }) => kind !== 'serial').length;
  return between(
    Math.max(0, deadtime - GRAIN),
    // It was asked just before it was lost; the last question begins just before the deadtime is over.
    interval + deadtime + asking + silentInterval + START,
  );
}
