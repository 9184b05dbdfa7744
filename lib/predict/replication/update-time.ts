import type { UpdateModeFacts } from '../../topology/replication';
import type { BitsPerSecond, Bytes, Milliseconds } from '../../topology/units';

const DAY: Milliseconds = 86_400_000;
const MINUTE: Milliseconds = 60_000;
const WEEK_IN_MINUTES = 7 * 1440;

/** Updates a second when each waits for the answer to the one before (R23). */
export function stopAndWaitRate(roundTripTime: Milliseconds): number {
  return 1000 / roundTripTime;
}

/** What an agreement has to bring over, and over what. */
export interface Transfer {
  readonly bytes: Bytes;
  readonly changes: number;
  /** The slowest line on the way; absent: no line between sites. */
  readonly speed?: BitsPerSecond;
  readonly roundTripTime: Milliseconds;
  /** Each update waits for an answer: an end is too old to do otherwise (R24). */
  readonly stopAndWait: boolean;
}

/** The least time that it takes: that of the bytes on the line, or that of the answers if they are slower. */
export function updateTime({ bytes, changes, speed, roundTripTime, stopAndWait }: Transfer): Milliseconds {
  const onTheLine = speed === undefined ? 0 : (bytes * 8 * 1000) / speed;
  return Math.max(onTheLine, stopAndWait ? changes * roundTripTime : 0);
}

/** How a day's updates fit into the times in which they may be sent. */
export interface WindowFit {
  /** The time that the updates before the tightest window take. */
  readonly needed: Milliseconds;
  /** The length of that window. */
  readonly available: Milliseconds;
  readonly fits: boolean;
}

/**
 * Whether a day's updates fit into their windows (R9, R32). What comes up between two windows waits for the second one.
 * @param day what has to be brought over in a day
 */
export function windowFit(mode: UpdateModeFacts, day: Transfer): WindowFit {
  const perDay = updateTime(day);
  const fit = (since: Milliseconds, available: Milliseconds): WindowFit => {
    const needed = (perDay * since) / DAY;
    return { needed, available, fits: needed <= available };
  };
  if (mode.when === 'on-change' || (mode.when === 'periodic' && mode.otherTimes)) return fit(DAY, DAY);
  if (mode.when === 'periodic') return fit(mode.updateInterval, mode.windowSize);
  const windows = weekly(mode.windows);
  return windows
    .map(({ from, to }, index) => {
      const before = windows.at(index - 1)?.to ?? 0;
      const since = (((to - before) % WEEK_IN_MINUTES) + WEEK_IN_MINUTES) % WEEK_IN_MINUTES || WEEK_IN_MINUTES;
      return fit(since * MINUTE, (to - from) * MINUTE);
    })
    .reduce((tightest, one) => (one.needed / one.available > tightest.needed / tightest.available ? one : tightest));
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The windows of a week in minutes since Sunday 00:00, in order; those that touch are one, also over the end of the week. */
function weekly(windows: Extract<UpdateModeFacts, { when: 'windows' }>['windows']): readonly Span[] {
  const spans = windows
    .flatMap(({ weekdays, from, to }) => weekdays.map((day) => ({ from: day * 1440 + from, to: day * 1440 + to })))
    .sort((a, b) => a.from - b.from);
  const merged = spans.reduce<Span[]>((before, span) => {
    const last = before.at(-1);
    if (!last || span.from > last.to) return [...before, span];
    return [...before.slice(0, -1), { from: last.from, to: Math.max(last.to, span.to) }];
  }, []);
  const [first, last] = [merged[0], merged.at(-1)];
  if (!first || !last || merged.length < 2 || first.from > 0 || last.to < WEEK_IN_MINUTES) return merged;
  return [{ from: last.from - WEEK_IN_MINUTES, to: first.to }, ...merged.slice(1, -1)];
}
