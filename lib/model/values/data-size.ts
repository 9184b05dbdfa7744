import type { Bytes } from '../../topology/units';
import { ValueError } from './value-error';

/** An amount of data. */
export class DataSize {
  /** From bytes. */
  static bytes(amount: number): DataSize {
    return new DataSize(amount);
  }

  /** From units of 1,024 bytes. */
  static kibibytes(amount: number): DataSize {
    return new DataSize(amount * 1024);
  }

  /** From units of 1,024 kibibytes. */
  static mebibytes(amount: number): DataSize {
    return new DataSize(amount * 1024 ** 2);
  }

  /** From units of 1,024 mebibytes. */
  static gibibytes(amount: number): DataSize {
    return new DataSize(amount * 1024 ** 3);
  }

  private constructor(
    /** In bytes. */
    readonly inBytes: Bytes,
  ) {
    if (!Number.isSafeInteger(inBytes) || inBytes <= 0) {
      throw new ValueError(
        'value/data-size',
        'a data size must be a whole number of bytes above zero',
        String(inBytes),
        'give bytes, kibibytes, mebibytes or gibibytes',
      );
    }
  }
}
