import type { Milliseconds } from '../../topology/units';
import { ValueError } from './value-error';

/** A span of time. */
export class Duration {
  /** From milliseconds. */
  static milliseconds(amount: number): Duration {
    return new Duration(amount, 'ms');
  }

  /** From seconds. */
  static seconds(amount: number): Duration {
    return new Duration(amount * 1000, 's');
  }

  /** From minutes. */
  static minutes(amount: number): Duration {
    return new Duration(amount * 60_000, 'min');
  }

  /** From hours. */
  static hours(amount: number): Duration {
    return new Duration(amount * 3_600_000, 'h');
  }

  /** Length in milliseconds, a whole number. */
  readonly inMilliseconds: Milliseconds;

  private constructor(length: number, unit: string) {
    const rounded = Math.round(length);
    if (!Number.isFinite(length) || length < 0 || Math.abs(rounded - length) > 1e-6 || rounded > 1e12) {
      throw new ValueError(
        'value/duration',
        'a duration must be zero or more, in whole milliseconds',
        `${length} ms, given in ${unit}`,
        'give a number of milliseconds, seconds, minutes or hours',
      );
    }
    this.inMilliseconds = rounded;
  }
}
