import { detectDialect, unknownKeywords } from '../../../lib/render/drbd-conf/keywords';
import { parse } from '../../../lib/render/drbd-conf/parse';

const dialectOf = (text: string): string => detectDialect(parse(text).tree);

test.each([
  ['incon-degr-cmd', 'resource r { incon-degr-cmd "halt -f"; }', '0.7'],
  ['a syncer group', 'resource r { syncer { group 1; } }', '0.7'],
  ['on-disconnect', 'resource r { net { on-disconnect reconnect; } }', '0.7'],
  ['a node id', 'resource r { on a { node-id 0; } }', '9'],
  ['a connection mesh', 'resource r { connection-mesh { hosts a b; } }', '9'],
  ['a quorum', 'common { options { quorum majority; } }', '9'],
  ['fencing in net', 'common { net { fencing resource-only; } }', '9'],
  ['fencing in disk', 'common { disk { fencing resource-only; } }', '8.4'],
  ['a syncer rate', 'resource r { syncer { rate 5M; } }', '8.4'],
  ['nothing special', 'resource r { protocol C; }', '8.4'],
])('takes a file with %s for DRBD %s', (_what, text, dialect) => {
  expect(dialectOf(text)).toBe(dialect);
});

test('names unknown keywords with section and line, and who knows them', () => {
  const { tree } = parse('resource r {\n  net { tiemout 60; fencing resource-only; }\n  fancy { x 1; }\n}\n');
  expect(unknownKeywords(tree, '8.4')).toEqual([
    { keyword: 'tiemout', section: 'net', location: { line: 2 }, knownIn: [] },
    { keyword: 'fencing', section: 'net', location: { line: 2 }, knownIn: ['9'] },
    { keyword: 'fancy', section: 'resource', location: { line: 3 }, knownIn: [] },
  ]);
});

test('leaves the settings of plugins alone', () => {
  expect(unknownKeywords(parse('resource r { proxy { plugin { zlib level 9; } } }').tree)).toEqual([]);
});
