import type { Bytes, BytesPerSecond, Milliseconds } from '../topology/units';

/** A span of time as a user writes it: `10s`, `500ms`. */
export function time(milliseconds: Milliseconds | 'infinite'): string {
  if (milliseconds === 'infinite') return 'infinite';
  return milliseconds < 1000 ? `${milliseconds}ms` : `${milliseconds / 1000}s`;
}

/** An amount of data in the largest binary unit that keeps it short: `5 MiB`. */
export function size(bytes: Bytes): string {
  let value = bytes;
  let unit = 0;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toFixed(1))} ${units[unit]}`;
}

/** A rate of data: `5 MiB/s`. */
export function rate(bytesPerSecond: BytesPerSecond): string {
  return `${size(bytesPerSecond)}/s`;
}
