import type { Operation } from './ledger';

/** What a ledger says, compared with what is there. */
export interface Comparison {
  readonly acknowledged: number;
  readonly unanswered: number;
  /** Different numbers that are there. */
  readonly present: number;
  /** Numbers that were acknowledged and are not there: losses. */
  readonly missing: readonly number[];
  /** Numbers that are there more than once. */
  readonly duplicates: readonly number[];
  /** Numbers that were not acknowledged and are there all the same; no fault. */
  readonly unexpected: readonly number[];
}

/** Compares what a client wrote down with the numbers that were read back. */
export function compare(ledger: readonly Operation[], found: readonly number[]): Comparison {
  const counts = new Map<number, number>();
  for (const number of found) counts.set(number, (counts.get(number) ?? 0) + 1);
  const acknowledged = ledger.filter((operation) => operation.acknowledged).map(({ number }) => number);
  const promised = new Set(acknowledged);
  const sorted = (numbers: readonly number[]): readonly number[] => [...numbers].sort((a, b) => a - b);
  return {
    acknowledged: acknowledged.length,
    unanswered: ledger.length - acknowledged.length,
    present: counts.size,
    missing: sorted(acknowledged.filter((number) => !counts.has(number))),
    duplicates: sorted([...counts].filter(([, count]) => count > 1).map(([number]) => number)),
    unexpected: sorted([...counts.keys()].filter((number) => !promised.has(number))),
  };
}
