import type { Milliseconds } from '../../topology/units';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Settings of systemd.timer(5) for an interval. One that divides the hour or the day becomes a time of the clock: it is
 * the same on both nodes and a run missed while the node was off is made up for. Any other counts from the last run.
 */
export function timerSettings(interval: Milliseconds): readonly (readonly [string, string])[] {
  const calendar = calendarOf(interval);
  if (calendar !== undefined) {
    return [
      ['OnCalendar', calendar],
      ['Persistent', 'true'],
    ];
  }
  return [
    ['OnBootSec', '1min'],
    ['OnUnitActiveSec', `${interval}ms`],
  ];
}

function calendarOf(interval: Milliseconds): string | undefined {
  if (interval === DAY) return '*-*-* 00:00:00';
  if (interval === HOUR) return '*-*-* *:00:00';
  if (interval % HOUR === 0 && DAY % interval === 0) return `*-*-* 00/${interval / HOUR}:00:00`;
  if (interval % MINUTE === 0 && HOUR % interval === 0) return `*-*-* *:00/${interval / MINUTE}:00`;
  return undefined;
}
