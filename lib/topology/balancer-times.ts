import type { HealthCheckFacts } from './load-balancer';
import type { Milliseconds } from './units';

/** Times of keepalived on hosts of a load balancer. */
export const KEEPALIVED_TIMES = {
  /** Between two advertisements of whoever has the address (RFC 5798, `advert_int`). */
  advertisement: 1000,
  /** Between two questions whether HAProxy answers. */
  interval: 1000,
  /** HAProxy that takes longer has not answered. */
  answer: 1000,
  /** Questions in a row without an answer after which the address is given away. */
  fall: 2,
  /** Answers in a row after which it is taken back. */
  rise: 2,
} as const;

/** The priority of a host: that of the first is the highest of a router that does not own the address (RFC 5798, section 5.2.4). */
export const vrrpPriority = (place: number): number => Math.max(1, 254 - place);

/** Silence after which a host of this priority takes the address (RFC 5798, section 6.1, `Master_Down_Interval`). */
export const masterDownInterval = (priority: number): Milliseconds =>
  KEEPALIVED_TIMES.advertisement * (3 + (256 - priority) / 256);

/** The shortest and the longest time in which checks find a lost server: one that refuses at once, and one that hangs. */
export const detectionTimes = ({
  interval,
  timeout,
  fall,
}: Pick<HealthCheckFacts, 'interval' | 'timeout' | 'fall'>): readonly [Milliseconds, Milliseconds] => [
  (fall - 1) * interval,
  // A check begins an interval after the end of the one before.
  fall * (interval + timeout),
];
