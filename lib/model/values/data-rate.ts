import type { BitsPerSecond, BytesPerSecond } from '../../topology/units';
import { ValueError } from './value-error';

/** A data rate: of a network in bits, of a resynchronisation in bytes per second (E23). */
export class DataRate {
  /** From units of 1,000 bits per second, as of ISDN and telephone lines. */
  static kilobitsPerSecond(amount: number): DataRate {
    return new DataRate(amount * 1000);
  }

  /** From units of 1,000,000 bits per second. */
  static megabitsPerSecond(amount: number): DataRate {
    return new DataRate(amount * 1e6);
  }

  /** From units of 1,000 megabits per second. */
  static gigabitsPerSecond(amount: number): DataRate {
    return new DataRate(amount * 1e9);
  }

  /** From units of 1,024 bytes per second. */
  static kibibytesPerSecond(amount: number): DataRate {
    return new DataRate(amount * 1024 * 8);
  }

  /** From units of 1,024 kibibytes per second. */
  static mebibytesPerSecond(amount: number): DataRate {
    return new DataRate(amount * 1024 ** 2 * 8);
  }

  private constructor(readonly bitsPerSecond: BitsPerSecond) {
    if (!Number.isSafeInteger(bitsPerSecond) || bitsPerSecond <= 0 || bitsPerSecond % 8 !== 0) {
      throw new ValueError(
        'value/data-rate',
        'a data rate must be above zero, in whole bytes per second',
        `${bitsPerSecond} bit/s`,
        'give kilobits, megabits, gigabits, kibibytes or mebibytes per second',
      );
    }
  }

  get bytesPerSecond(): BytesPerSecond {
    return this.bitsPerSecond / 8;
  }
}
