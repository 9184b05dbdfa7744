import type { UpdateModeFacts, UpdateWindowFacts } from '../../topology/replication';
import type { Duration } from './duration';
import { parsePattern } from './text';
import { ValueError } from './value-error';

/** A day of the week, as a schedule names it. */
export type Weekday = 'sunday' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday';

const WEEKDAYS: readonly Weekday[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** A time of the day in which updates are sent, in the local time of the supplier (R9, R32). */
export interface UpdateWindow {
  /** For instance `01:00`. */
  readonly from: string;
  /** Later than `from` on the same day; `24:00` is the end of the day. */
  readonly to: string;
  /** @default - every day */
  readonly on?: readonly Weekday[];
}

/** When updates are sent: `UpdateMode` of X.525. */
export class UpdateMode {
  /** By the supplier, as soon as something changes: the default of X.525. */
  static onChange(): UpdateMode {
    return new UpdateMode({ initiator: 'supplier', when: 'on-change' });
  }

  /**
   * In windows of the week, asked for by the supplier or by the consumer.
   * @throws ValueError `value/update-window`
   */
  static during(windows: readonly UpdateWindow[], initiator: 'supplier' | 'consumer' = 'supplier'): UpdateMode {
    if (windows.length === 0)
      throw new ValueError('value/update-window', 'a schedule has no window', '[]', 'give at least one');
    return new UpdateMode({ initiator, when: 'windows', windows: windows.map(windowFacts) });
  }

  /**
   * Every so often, in a window of a given size.
   * @param otherTimes whether updates may come at other times too
   * @throws ValueError `value/update-window` for a window that is longer than the interval
   */
  static every(
    updateInterval: Duration,
    windowSize: Duration,
    { initiator = 'supplier', otherTimes = false }: { initiator?: 'supplier' | 'consumer'; otherTimes?: boolean } = {},
  ): UpdateMode {
    if (windowSize.inMilliseconds <= 0 || windowSize.inMilliseconds > updateInterval.inMilliseconds)
      throw new ValueError(
        'value/update-window',
        'a window must be longer than nothing and not longer than the interval',
        `${windowSize.inMilliseconds / 1000} s in ${updateInterval.inMilliseconds / 1000} s`,
        'correct one of them',
      );
    return new UpdateMode({
      initiator,
      when: 'periodic',
      windowSize: windowSize.inMilliseconds,
      updateInterval: updateInterval.inMilliseconds,
      otherTimes,
    });
  }

  private constructor(
    /** @internal */
    readonly facts: UpdateModeFacts,
  ) {}
}

function windowFacts({ from, to, on }: UpdateWindow): UpdateWindowFacts {
  const [begin, end] = [minutes(from), minutes(to)];
  if (begin >= end)
    throw new ValueError(
      'value/update-window',
      'a window must end later on the same day than it begins',
      `${from}-${to}`,
      'split one that goes over midnight into two',
    );
  const weekdays = (on ?? WEEKDAYS).map((day) => {
    const number = WEEKDAYS.indexOf(day);
    if (number < 0)
      throw new ValueError('value/update-window', 'this is no day of the week', day, `use ${WEEKDAYS.join(', ')}`);
    return number;
  });
  return { weekdays: [...new Set(weekdays)].sort(), from: begin, to: end };
}

function minutes(text: string): number {
  parsePattern(
    text,
    /^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/,
    'value/update-window',
    'a time of the day must be hours and minutes from 00:00 to 24:00',
  );
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}
