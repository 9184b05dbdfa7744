import type { Milliseconds } from '../topology/units';
import { between, type Interval } from './interval';

/** `bootTime` is one declared number; a boot takes three quarters of it to one and a half times. */
export function bootInterval(bootTime: Milliseconds): Interval {
  return between(Math.round(0.75 * bootTime), Math.round(1.5 * bootTime));
}
