import { contextOf, holdsAll, isEqual, lagsOf, newestOf, parseCsn } from '../../../lib/operate/directory/csn';

const csn = (second: number, serverId: number): string =>
  `202611272116${String(second).padStart(2, '0')}.500000Z#000000#${serverId.toString(16).padStart(3, '0')}#000000`;

test('a change sequence number has a time and the id of a server', () => {
  expect(parseCsn(csn(17, 31))).toEqual({
    text: csn(17, 31),
    time: Date.UTC(2026, 10, 27, 21, 16, 17) / 1000 + 0.5,
    serverId: 31,
  });
});

test.each(['', 'x', '20261127211617Z#000000#001#000000', `${csn(1, 1)} `])('fails to take %p for one', (text) => {
  expect(parseCsn(text)).toBeUndefined();
});

test('a copy is behind for each server id by itself', () => {
  const newest = newestOf([contextOf([csn(10, 1)]), contextOf([csn(4, 1), csn(20, 2)])]);
  expect(lagsOf(contextOf([csn(7, 1)]), newest)).toEqual([
    { serverId: 1, seconds: 3, none: false },
    { serverId: 2, seconds: 0, none: true },
  ]);
  expect(lagsOf(contextOf([csn(10, 1), csn(20, 2)]), newest)).toEqual([]);
});

test('a server that never took a change lacks nothing of its own id, which others have from its log', () => {
  const wanted = contextOf([csn(10, 1), csn(20, 2)]);
  expect(holdsAll(contextOf([csn(10, 1)], 2), wanted)).toBe(true);
  expect(holdsAll(contextOf([csn(10, 1)], 3), wanted)).toBe(false);
  expect(holdsAll(contextOf([csn(10, 1), csn(15, 2)], 2), wanted)).toBe(false);
  expect(holdsAll(contextOf([csn(9, 1)], 2), wanted)).toBe(false);
});

test('a copy that has more than was asked for holds everything, and is not equal', () => {
  const [more, less] = [contextOf([csn(10, 1), csn(5, 2)]), contextOf([csn(10, 1)])];
  expect(holdsAll(more, less)).toBe(true);
  expect(holdsAll(less, more)).toBe(false);
  expect(isEqual(more, less)).toBe(false);
  expect(isEqual(more, contextOf([csn(5, 2), csn(10, 1)]))).toBe(true);
});
