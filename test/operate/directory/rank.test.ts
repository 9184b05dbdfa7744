import { contextOf } from '../../../lib/operate/directory/csn';
import { ranked } from '../../../lib/operate/directory/switch/rank';

const context = (second: number): ReturnType<typeof contextOf> =>
  contextOf([`202611272116${String(second).padStart(2, '0')}.000000Z#000000#001#000000`]);

test('the member that holds most comes first, one that does not show what it holds last (E28)', () => {
  const order = ranked([
    { name: 'closed' },
    { name: 'late', context: context(10) },
    { name: 'newest', context: context(30) },
    { name: 'middle', context: context(20) },
    { name: 'empty', context: new Map() },
  ]);
  expect(order.map(({ name }) => name)).toEqual(['newest', 'middle', 'late', 'empty', 'closed']);
  expect(order.map(({ lacks }) => lacks.map(({ seconds }) => seconds))).toEqual([[], [10], [20], [0], [0]]);
  expect(order.map(({ known }) => known)).toEqual([true, true, true, true, false]);
});

test('members that hold the same come by name', () => {
  const order = ranked([
    { name: 'two', context: context(1) },
    { name: 'one', context: context(1) },
  ]);
  expect(order.map(({ name }) => name)).toEqual(['one', 'two']);
});
