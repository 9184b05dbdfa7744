import { appendLine, readLines } from './json-lines';

/** One operation of a client. Times are milliseconds since 1970, of the machine that the lab runs on. */
export interface Operation {
  /** From 1; never used again, whatever became of it. */
  readonly number: number;
  readonly begin: number;
  readonly end: number;
  /** The service said that it is done. An operation without it may have been done all the same. */
  readonly acknowledged: boolean;
  /** Why it was not acknowledged. */
  readonly reason?: string;
}

/** Writes an operation down. */
export function append(file: string, operation: Operation): void {
  appendLine(file, operation);
}

/** What a client has written down so far; a line that is being written is left out. */
export function readLedger(file: string): readonly Operation[] {
  return readLines(file);
}

/** Operations that were acknowledged at or after a time. */
export function acknowledgedSince(ledger: readonly Operation[], time: number): number {
  return ledger.filter(({ acknowledged, end }) => acknowledged && end >= time).length;
}

/** A time without an answer. */
export interface Outage {
  /** End of the last operation that was acknowledged before. */
  readonly from: number;
  /** End of the first that was acknowledged after; absent while none was. */
  readonly to?: number;
  /** Operations between them that failed. */
  readonly failed: number;
}

/** The longest time without an answer that ends after a moment and begins before another. */
export function longestOutage(ledger: readonly Operation[], since: number, until = Infinity): Outage | undefined {
  let longest: Outage | undefined;
  let last: Operation | undefined;
  let failed = 0;
  const consider = (outage: Outage): void => {
    if ((outage.to ?? Infinity) < since || outage.from > until) return;
    if (longest === undefined || length(outage) > length(longest)) longest = outage;
  };
  for (const operation of ledger) {
    if (!operation.acknowledged) {
      failed += 1;
      continue;
    }
    if (last) consider({ from: last.end, to: operation.end, failed });
    last = operation;
    failed = 0;
  }
  if (last && failed > 0) consider({ from: last.end, failed });
  return longest;
}

function length({ from, to }: Outage): number {
  return (to ?? Infinity) - from;
}
