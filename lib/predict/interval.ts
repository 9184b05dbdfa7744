import type { Milliseconds } from '../topology/units';

/** The shortest and the longest time that something is predicted to take, in milliseconds. */
export interface Interval {
  readonly lower: Milliseconds;
  readonly upper: Milliseconds;
}

/** What an interval may be wider than twice its lower end: the clients' own retry and the grain of timers. */
export const HONEST_SLACK: Milliseconds = 5_000;

/** An interval of its two ends. */
export function between(lower: Milliseconds, upper: Milliseconds): Interval {
  return { lower, upper };
}

/** The sum of steps that follow each other. */
export function sum(steps: readonly Interval[]): Interval {
  return steps.reduce((total, step) => between(total.lower + step.lower, total.upper + step.upper), between(0, 0));
}

/** An interval with both ends multiplied, in whole milliseconds. */
export function scaled({ lower, upper }: Interval, factor: number): Interval {
  return between(Math.round(lower * factor), Math.round(upper * factor));
}

/** The middle of an interval. */
export function middle({ lower, upper }: Interval): Milliseconds {
  return (lower + upper) / 2;
}

/** A prediction that can be wrong: its upper end is at most twice the lower one plus 5 s. */
export function isHonest({ lower, upper }: Interval): boolean {
  return lower >= 0 && lower <= upper && upper <= 2 * lower + HONEST_SLACK;
}
