import { acknowledgedSince, longestOutage, readLedger, append, type Operation } from './ledger';
import { mkdtempSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Operations that end at the given seconds; a negative one was not acknowledged. */
function ledger(...ends: readonly number[]): readonly Operation[] {
  return ends.map((end, index) => ({
    number: index + 1,
    begin: Math.abs(end) * 1000 - 100,
    end: Math.abs(end) * 1000,
    acknowledged: end > 0,
  }));
}

test('an outage lasts from the last answer to the first one after it', () => {
  expect(longestOutage(ledger(1, 2, -3, -4, 9, 10), 2500)).toEqual({ from: 2000, to: 9000, failed: 2 });
});

test('a slow answer is an outage without failures', () => {
  expect(longestOutage(ledger(1, 2, 6, 7), 2500)).toEqual({ from: 2000, to: 6000, failed: 0 });
});

test('an outage that does not end has no end', () => {
  expect(longestOutage(ledger(1, 2, -3, -4), 2500)).toEqual({ from: 2000, failed: 2 });
});

test('what was over before the fault, or begins after the time looked at, does not count', () => {
  const seen = ledger(1, -2, -3, 8, 9, 11, 12, -13, -14, 40);
  expect(longestOutage(seen, 9500, 10500)).toEqual({ from: 9000, to: 11_000, failed: 0 });
});

test('nothing is measured of a client that was never served', () => {
  expect(longestOutage(ledger(-1, -2), 0)).toBeUndefined();
});

test('operations count from a moment on', () => {
  expect(acknowledgedSince(ledger(1, 2, -3, 4), 2000)).toBe(2);
});

test('a line that is being written is not read', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tandem-ledger-'));
  const file = path.join(folder, 'a.ledger');
  expect(readLedger(file)).toEqual([]);
  const operation: Operation = { number: 1, begin: 1, end: 2, acknowledged: true };
  append(file, operation);
  appendFileSync(file, '{"number":2,"beg');
  expect(readLedger(file)).toEqual([operation]);
  writeFileSync(file, '');
  expect(readLedger(file)).toEqual([]);
  rmSync(folder, { recursive: true });
});
