import { readFileSync } from 'node:fs';
import os from 'node:os';

/** A moment, and the time of processors that this machine's own host had given to others until then; in seconds. */
export interface Hindrance {
  readonly at: number;
  /** `steal` of proc(5), of all processors. */
  readonly stolen: number;
}

/** Reads it now. */
export function hindrance(): Hindrance {
  const [, , , , , , , , steal = '0'] = (/^cpu .*$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[0] ?? '').split(/\s+/);
  return { at: Date.now() / 1000, stolen: Number(steal) / 100 };
}

/** The share of the processors that was given to others between two moments, 0 to 1. */
export function stolenShare(before: Hindrance, after: Hindrance, processors = os.cpus().length): number {
  const seconds = (after.at - before.at) * processors;
  return seconds > 0 ? Math.min(1, Math.max(0, (after.stolen - before.stolen) / seconds)) : 0;
}
