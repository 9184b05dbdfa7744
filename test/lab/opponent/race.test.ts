import { median } from '../median';
import { lastService, raceText, ratio } from './race';

test('the median is the middle, or the mean of two', () => {
  expect([median([5, 1, 3]), median([4, 1, 3, 2]), median([7])]).toEqual([3, 2.5, 7]);
});

test('a race is told with the ratio of its medians', () => {
  const times = { own: [60_000, 90_000, 66_000], plain: [120_000, 110_000, 118_000] };
  expect(ratio(times)).toBeCloseTo(66 / 118);
  expect(raceText(times)).toBe(
    'to the last service: 60.0, 90.0, 66.0 s; by hand: 120.0, 110.0, 118.0 s; ratio of the medians 0.56',
  );
});

test('the last service counts, and only of a drill that passed', () => {
  const measured = [
    { client: 'slapd', sinceFault: 61_000, failed: 3, ended: true },
    { client: 'postfix', sinceFault: 64_000, failed: 3, ended: true },
  ];
  expect(lastService({ drill: 'power-cut', passed: true, measured })).toBe(64_000);
  expect(() => lastService({ drill: 'power-cut', passed: false, measured })).toThrow(/counts for nothing/);
});
