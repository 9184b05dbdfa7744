import type { MailWorkloadFacts } from '../topology/mail';
import { DataSize } from './values/data-size';
import { Duration } from './values/duration';
import { parseInstance } from './values/kind';
import { parseNumber, parseWholeNumber } from './values/number';

/** Mail that is expected (S10). */
export interface MailWorkload {
  readonly messagesPerDay: number;
  /** Of a message in the mean. @default - unknown; nothing is said about volume */
  readonly messageSize?: DataSize;
  /** Recipients of a message in the mean, 1 to 1000. @default 1 */
  readonly recipients?: number;
  /** Look-ups in the directory for a message. @default 5 (R34) */
  readonly lookupsPerMessage?: number;
  /** The hours of a day in which it comes, from one hour to one day. @default 12 h (R35) */
  readonly window?: Duration;
  /** How much more the busiest second has than the mean, 1 to 1000. @default 1 */
  readonly peakFactor?: number;
}

/**
 * A workload with its defaults.
 * @throws ValueError `value/number`, `value/type`
 */
export function parseMailWorkload(load: MailWorkload): MailWorkloadFacts {
  const { messageSize } = load;
  return {
    messagesPerDay: parseWholeNumber(load.messagesPerDay, 0, 1_000_000_000_000),
    ...(messageSize ? { messageSize: parseInstance(messageSize, DataSize).inBytes } : {}),
    recipients: parseNumber(load.recipients ?? 1, 1, 1000),
    lookupsPerMessage: parseWholeNumber(load.lookupsPerMessage ?? 5, 0, 1_000_000),
    window: parseWholeNumber(
      parseInstance(load.window ?? Duration.hours(12), Duration).inMilliseconds,
      3_600_000,
      86_400_000,
    ),
    peakFactor: parseNumber(load.peakFactor ?? 1, 1, 1000),
  };
}
