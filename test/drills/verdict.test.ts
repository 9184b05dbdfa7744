import type { DirectoryOutcome } from '../../lib/predict/replication/directory-outcome';
import { parseAccount } from './account';
import { countsOf, differences } from './verdict';

const predicted: DirectoryOutcome = {
  fault: { kind: 'cut-off', servers: ['three'] },
  servers: [
    { server: 'one', name: 'one', reads: 'answers', writes: 'takes', hears: [] },
    { server: 'three', name: 'three', reads: 'answers', writes: 'stops', hears: [] },
  ],
  window: { lower: 1000, upper: 6000 },
  conflicts: 'in-window',
  stranded: false,
};

const AS_PREDICTED = `event hurt 1000
event hurt-done 1010
event mend 9000
answer one 2000 write one-1 0
answer one 2001 read - 0
answer three 3500 write three-1 0
answer three 4500 write three-2 53
answer three 4501 read - 0
held one meanwhile one-1
held three meanwhile three-1
held one end one-1
held one end three-1
content one 7
content three 7
`;
const judged = (...changes: readonly (readonly [string, string])[]): readonly string[] => {
  const text = changes.reduce((before, [from, to]) => {
    expect(before).toContain(from);
    return before.replace(from, to);
  }, AS_PREDICTED);
  return differences({ predicted, account: parseAccount(text) });
};

test('a drill that went as predicted has no differences, and its counts say what became of the writes', () => {
  expect(judged()).toEqual([]);
  expect(countsOf({ predicted, account: parseAccount(AS_PREDICTED) })).toEqual([
    { server: 'one', acknowledged: 1, refused: 0, lost: 0, readsAnswered: 1, readsFailed: 0 },
    { server: 'three', acknowledged: 1, refused: 1, lost: 0, readsAnswered: 1, readsFailed: 0, window: 2500 },
  ]);
});

test.each([
  [
    'a write that was acknowledged and is nowhere',
    ['held one end three-1\n', ''],
    'three-1, which three acknowledged, is lost',
  ],
  [
    'a write that is refused where it was to be taken',
    ['one-1 0', 'one-1 53'],
    'one: 1 writes were refused and 0 acknowledged',
  ],
  ['a read that fails', ['2001 read - 0', '2001 read - -1'], 'one: 1 reads failed and 0 were answered'],
  ['a longer window', ['three 3500', 'three 8500'], 'three took writes for 7500 ms and not for 1000 to 6000'],
  ['a shorter window', ['three 3500', 'three 1200'], 'three took writes for 200 ms and not for 1000 to 6000'],
  [
    'a change that came over a cut',
    ['held three meanwhile three-1', 'held three meanwhile one-1'],
    'three has 1 changes of one while it can not hear it',
  ],
  ['copies that differ', ['content three 7', 'content three 8'], 'copies differ at the end: one 7, three 8'],
  ['what the script says', ['event mend', 'trouble: x\nevent mend'], 'trouble: x'],
] as const)('%s is a difference', (_name, change, difference) => {
  expect(judged(change)).toEqual([difference]);
});
