import type { Milliseconds } from '../../topology/units';

/** Whole seconds as Docker shows them, for instance `1m0s`: in another form Terraform would see a change. */
export function dockerDuration(time: Milliseconds): string {
  const seconds = Math.round(time / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
