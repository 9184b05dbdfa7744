import type { Operation } from '../clients/ledger';
import { cameBack, measure } from './measure';
import type { MeasuredClient, PredictedService } from './result';
import { judge } from './verdict';

const interrupted: PredictedService = {
  client: 'slapd',
  state: 'interrupted',
  cause: '',
  lower: 30_000,
  upper: 55_000,
  sooner: 1000,
  phases: [],
};

function seen(sinceFault: number, outage = sinceFault + 500): MeasuredClient {
  return { client: 'slapd', outage, sinceFault, failed: 3, ended: true };
}

describe('an interruption', () => {
  test.each([
    [28_999, false],
    [29_000, true],
    [55_000, true],
    [55_001, false],
  ])('that ended %d ms after the fault: %s', (time, held) => {
    expect(judge(interrupted, seen(time), 'fault', true).held).toBe(held);
  });

  test('that an operator made counts from the last answer, and cannot begin earlier', () => {
    expect(judge(interrupted, seen(40_000, 29_500), 'last-answer', true).held).toBe(false);
    expect(judge(interrupted, seen(60_000, 50_000), 'last-answer', true).held).toBe(true);
  });

  test('fails without an end, and where nothing was measured', () => {
    expect(judge(interrupted, { client: 'slapd', failed: 9, ended: false }, 'fault', true)).toMatchObject({
      held: false,
      detail: 'no answer to the end',
    });
    expect(judge(interrupted, { client: 'slapd', failed: 0, ended: false }, 'fault', true).held).toBe(false);
  });
});

test('what works is not noticed by a client', () => {
  const works: PredictedService = { client: 'slapd', state: 'works', cause: '', phases: [] };
  expect(judge(works, seen(0, 2900), 'fault', true).held).toBe(true);
  expect(judge(works, seen(0, 3100), 'fault', true).held).toBe(false);
});

test('writers may wait where the prediction says so, readers may not', () => {
  const pause: PredictedService = { ...interrupted, state: 'degraded', upper: 11_500, writersOnly: true };
  expect(judge(pause, seen(0, 11_000), 'fault', true).held).toBe(true);
  expect(judge(pause, seen(0, 11_000), 'fault', false).held).toBe(false);
});

test('what is down stays down', () => {
  const down: PredictedService = { client: 'slapd', state: 'down', cause: '', phases: [] };
  expect(judge(down, { client: 'slapd', failed: 9, ended: false }, 'fault', true).held).toBe(true);
  expect(judge(down, seen(60_000), 'fault', true).held).toBe(false);
});

const operation = (end: number, acknowledged: boolean): Operation => ({
  number: end,
  begin: end - 1,
  end,
  acknowledged,
});

test('a client measures from its last answer and from the fault', () => {
  const ledger = [operation(90, true), operation(105, false), operation(150, true), operation(160, true)];
  expect(measure('a', ledger, 100, 200)).toEqual({ client: 'a', outage: 60, sinceFault: 50, failed: 1, ended: true });
  expect(measure('a', ledger.slice(0, 2), 100, 200)).toEqual({ client: 'a', failed: 1, ended: false });
  expect(measure('a', [], 100, 200)).toEqual({ client: 'a', failed: 0, ended: false });
});

test('a client is back when it failed and was served again, often enough', () => {
  const ledger = [operation(90, true), operation(105, false), operation(150, true), operation(160, true)];
  expect(cameBack(ledger, 100, 2)).toBe(true);
  expect(cameBack(ledger, 100, 3)).toBe(false);
  expect(cameBack(ledger, 106, 1)).toBe(false);
  expect(cameBack([...ledger, operation(170, false)], 100, 1)).toBe(false);
});
