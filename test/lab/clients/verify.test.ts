import { compare } from './verify';
import type { Operation } from './ledger';

const operation = (number: number, acknowledged: boolean): Operation => ({ number, begin: 0, end: 0, acknowledged });

test('what was acknowledged and is not there is a loss; what was not acknowledged may be there', () => {
  const ledger = [operation(1, true), operation(2, true), operation(3, false), operation(4, false), operation(5, true)];
  expect(compare(ledger, [5, 1, 3, 1])).toEqual({
    acknowledged: 3,
    unanswered: 2,
    present: 3,
    missing: [2],
    duplicates: [1],
    unexpected: [3],
  });
});

test('numbers are in the order of numbers', () => {
  const ledger = [10, 9, 100].map((number) => operation(number, true));
  expect(compare(ledger, []).missing).toEqual([9, 10, 100]);
});
