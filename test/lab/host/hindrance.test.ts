import { hindrance, stolenShare } from './hindrance';

test('time of processors that others had is told as a share of all', () => {
  expect(stolenShare({ at: 100, stolen: 5 }, { at: 110, stolen: 7 }, 2)).toBe(0.1);
  expect(stolenShare({ at: 100, stolen: 5 }, { at: 100, stolen: 7 }, 2)).toBe(0);
});

test('this machine tells it', () => {
  expect(hindrance().stolen).toBeGreaterThanOrEqual(0);
});
