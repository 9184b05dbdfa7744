import { parseShare, shareOf } from './share';

const drills = ['planned-switch', 'control-stores', 'a', 'b', 'power-cut', 'c', 'd'];

test('a part has the drills of every run and its own, in their order', () => {
  expect(shareOf(drills, { part: 1, of: 3 })).toEqual({
    own: ['planned-switch', 'control-stores', 'a', 'power-cut', 'd'],
    others: ['b', 'c'],
  });
});

test.each([1, 2, 3, 5])('%i parts together have every drill, and each part has one of its own', (of) => {
  const parts = Array.from({ length: of }, (_, index) => shareOf(drills, { part: index + 1, of }).own);
  expect(new Set(parts.flat())).toEqual(new Set(drills));
  for (const own of parts) expect(own.length).toBeGreaterThan(3);
});

test('drills that every run has are in every part', () => {
  expect(shareOf(['planned-switch', 'control-stores'], { part: 2, of: 2 })).toEqual({
    own: ['planned-switch', 'control-stores'],
    others: [],
  });
});

test('a part is written with how many there are', () => {
  expect(parseShare('2/3')).toEqual({ part: 2, of: 3 });
});

test.each(['0/3', '4/3', '2', 'a/b', '1/0'])("'%s' is no part", (text) => {
  expect(() => parseShare(text)).toThrow(`'${text}' must be a part and how many there are, as in 1/3`);
});
