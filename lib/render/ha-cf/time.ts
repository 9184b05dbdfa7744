import type { Milliseconds } from '../../topology/units';

const TIME = /^(?<amount>\d+(?:\.\d*)?|\.\d+)(?<unit>ms|msec|us|usec)?$/iu;

/**
 * The value of a time directive in milliseconds: heartbeat reads a bare number as seconds, knows `ms` and `us`, and
 * refuses every other unit, `s` among them. Undefined for what heartbeat refuses.
 */
export function parseTime(text: string): Milliseconds | undefined {
  const groups = TIME.exec(text)?.groups;
  if (!groups) return undefined;
  const amount = Number(groups['amount']);
  switch (groups['unit']?.toLowerCase()) {
    case 'ms':
    case 'msec':
      return amount;
    case 'us':
    case 'usec':
      return amount / 1000;
    default:
      return amount * 1000;
  }
}

/** A time as ha.cf(5) holds it: whole seconds bare, all else in milliseconds. */
export function formatTime(time: Milliseconds): string {
  return time % 1000 === 0 ? String(time / 1000) : `${Math.round(time)}ms`;
}
