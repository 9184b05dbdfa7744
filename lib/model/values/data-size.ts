import type { Bytes } from '../../topology/units';
import { ValueError } from './value-error';

/** An amount of data. */
export class DataSize {
  static bytes(amount: number): DataSize {
    return new DataSize(amount);
  }

  static kibibytes(amount: number): DataSize {
    return new DataSize(amount * 1024);
  }

  static mebibytes(amount: number): DataSize {
    return new DataSize(amount * 1024 ** 2);
  }

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
