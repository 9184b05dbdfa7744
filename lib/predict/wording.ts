import type { Interval } from './interval';
import type { DataAtRisk, Effect } from './outcome';

/** A time interval in whole seconds, or minutes and hours when it is long. */
export function intervalText({ lower, upper }: Interval): string {
  if (upper < 600_000) return `${Math.floor(lower / 1000)}-${Math.ceil(upper / 1000)} s`;
  return `${Math.floor(lower / 60_000)}-${Math.ceil(upper / 60_000)} min`;
}

/** A time in two digits of the largest unit that it fills; minutes and hours from one and a half. */
export function timeText(milliseconds: number): string {
  const units: readonly (readonly [number, number, string])[] = [
    [5_400_000, 3_600_000, 'h'],
    [90_000, 60_000, 'min'],
    [1_000, 1_000, 's'],
  ];
  const [, size, name] = units.find(([least]) => milliseconds >= least) ?? [0, 1, 'ms'];
  return `${Number((milliseconds / size).toPrecision(2))} ${name}`;
}

/** What clients were told is safe and is not. */
export function riskText(risk: DataAtRisk): string {
  switch (risk.kind) {
    case 'none':
      return 'nothing';
    case 'last-writes':
      return `writes of the last ${timeText(risk.within)}`;
    case 'since-dump':
      return `up to ${timeText(risk.within)}, the dump interval`;
    case 'since-link-loss':
      return 'all since the link was lost';
    case 'stranded':
      return `unreachable: ${risk.directories.join(', ')}`;
    case 'diverging':
      return 'the writes of one node';
    case 'file-system':
      return 'the file system';
    case 'everything':
      return 'everything';
  }
}

/** How long clients wait, as a cell of a table. */
export function outageText({ state, timeline }: Effect): string {
  if (!timeline) return state === 'down' ? 'until mended' : '';
  const interval = intervalText(timeline.total);
  if (state === 'down') return `+ ${interval}`;
  return timeline.waits === 'writers' ? `(${interval})` : interval;
}
