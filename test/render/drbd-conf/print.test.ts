import { FormatError } from '../../../lib/render/format-error';
import { print } from '../../../lib/render/drbd-conf/print';
import { option, quoted, raw, section, type DrbdItem } from '../../../lib/render/drbd-conf/syntax';
import { isBareName } from '../../../lib/render/drbd-conf/words';

const inNet = (item: DrbdItem): string =>
  print({ items: [section('resource', [raw('r')], [section('net', [], [item])])] });

test('indents sections and ends options', () => {
  const conf = {
    items: [
      section('resource', [quoted('a')], [option('protocol', raw('C')), section('net', [], [option('tcp-cork')])]),
    ],
  };
  expect(print(conf)).toBe('resource "a" {\n  protocol C;\n  net {\n    tcp-cork;\n  }\n}\n');
});

test('sets outermost sections apart, but no section from the comment above it', () => {
  const items: DrbdItem[] = [{ kind: 'comment', text: 'head' }, section('global', [], []), section('common', [], [])];
  expect(print({ items })).toBe('# head\nglobal {\n}\n\ncommon {\n}\n');
});

test('escapes quotes and backslashes in strings', () => {
  expect(inNet(option('x', quoted('a "b" \\c')))).toContain('x "a \\"b\\" \\\\c";');
});

test.each<[string, DrbdItem, RegExp]>([
  ['a line break in a string', option('shared-secret', quoted('a\nb')), /option 'shared-secret'.*line break.*"a\\nb"/u],
  ['a string of more than 255 bytes', option('x', quoted('a'.repeat(256))), /longer than 255 bytes/u],
  ['a word of more than 128 characters', option('x', raw('a'.repeat(129))), /longer than 128 characters/u],
  ['a bare word with a brace', option('timeout', raw('60;}')), /option 'timeout' has characters that end a bare word/u],
  ['an empty bare word', option('timeout', raw('')), /end a bare word/u],
  ['a name that is no keyword', option('a b', raw('1')), /the name of an option is no keyword/u],
  [
    'a section in the wrong place',
    section('resource', [raw('r')], []),
    /section 'resource r' can not stand in section 'net'/u,
  ],
  ['a comment over two lines', { kind: 'comment', text: 'a\nreboot;' }, /a comment has a line break/u],
  ['an open brace in a skip', { kind: 'skip', heading: 'old', text: ' { ' }, /braces or quotes that do not match/u],
])('fails on %s', (_what, item, message) => {
  expect(() => inNet(item)).toThrow(FormatError);
  expect(() => inNet(item)).toThrow(message);
});

test('fails on an option outside every section', () => {
  expect(() => print({ items: [option('protocol', raw('C'))] })).toThrow(/outside every section/u);
});

test.each([
  ['ldap', true],
  ['ox-1.example', true],
  ['net', false],
  ['size', false],
  ['10', false],
  ['a b', false],
])('knows whether name %s needs quotes', (name, bare) => {
  expect(isBareName(name)).toBe(bare);
});
