import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { parse } from '../../../lib/render/haresources/parse';
import { print } from '../../../lib/render/haresources/print';
import { group, groupsOf, resource, type HaResources } from '../../../lib/render/haresources/syntax';
import { withoutLocations } from '../../../lib/render/source';
import { nastyText, plainWord } from '../nasty-text';

const faultsOf = (text: string): string[] =>
  parse(text).errors.map((fault) => `${fault.location.line}: ${fault.message}`);
const wordsOf = (text: string): string[][] =>
  groupsOf(parse(text).tree).map((line) => [
    line.node,
    ...line.resources.map((one) => [one.script, ...one.arguments].join('::')),
  ]);

describe('reading haresources', () => {
  test('joins continued lines and keeps the line of every resource', () => {
    const { tree, errors } = parse('# head\nox1 drbddisk::ldap \\\n  slapd\\\n postfix\nox2 cyrus\n', 'haresources');
    expect(errors).toEqual([]);
    expect(groupsOf(tree)[0]?.resources.map((one) => one.location)).toEqual([
      { file: 'haresources', line: 2 },
      { file: 'haresources', line: 3 },
      { file: 'haresources', line: 4 },
    ]);
    expect(groupsOf(tree).map((line) => line.location?.line)).toEqual([2, 5]);
  });

  test('takes a bare address for the script IPaddr', () => {
    expect(withoutLocations(parse('ox1 10.0.0.1/24/eth0 httpd').tree.items)).toEqual([
      group('ox1', [resource('IPaddr', '10.0.0.1/24/eth0'), resource('httpd')]),
    ]);
  });

  test.each([
    [
      'a comment inside a continued line',
      'ox1 a \\\n# why\n  b\n',
      /^2: a comment inside a continued line/u,
      [['ox1', 'a', 'b']],
    ],
    [
      'a blank behind the backslash',
      'ox1 a \\ \n  b\n',
      /^1: the backslash is not the last character/u,
      [['ox1', 'a', 'b']],
    ],
    [
      'a comment behind the backslash',
      'ox1 a \\ # why\n  b\n',
      /^1: the backslash is not the last character/u,
      [['ox1', 'a', 'b']],
    ],
    ['a backslash on the last line', 'ox1 a \\\n', /^1: the last line ends with a backslash/u, [['ox1', 'a']]],
    [
      'a line without a node',
      'IPaddr::10.0.0.1 slapd\n',
      /^1: the line begins with a resource/u,
      [['IPaddr::10.0.0.1', 'slapd']],
    ],
    ['a node without resources', 'ox1\n', /^1: node 'ox1' has no resources/u, [['ox1']]],
    [
      'an empty argument',
      'ox1 Filesystem::/dev/a::::ext4\n',
      /^1: .*empty argument/u,
      [['ox1', 'Filesystem::/dev/a::ext4']],
    ],
    ['a resource without a script', 'ox1 ::a\n', /^1: .*no script name/u, [['ox1', '::a']]],
  ])('fails on %s and reads on', (_what, text, message, words) => {
    expect(faultsOf(text)).toEqual([expect.stringMatching(message)]);
    expect(wordsOf(text)).toEqual(words);
  });

  test('goes on with a group behind the comment that interrupts it', () => {
    expect(wordsOf('ox1 a \\\n# why\n  b\nox2 c\n')).toEqual([
      ['ox1', 'a', 'b'],
      ['ox2', 'c'],
    ]);
  });

  test('fails on no input', () => {
    fc.assert(
      fc.property(fc.array(nastyText()), (pieces) => {
        expect(parse(pieces.join(' ')).errors.every((fault) => fault.location.line >= 1)).toBe(true);
      }),
    );
  });
});

test('reads the published haresources: order and scripts as printed (X28, E3, E4)', () => {
  const { tree, errors } = parse(readFileSync(resolve(__dirname, 'fixtures/as-published.haresources'), 'utf8'));
  expect(errors).toEqual([]);
  const mount = (minor: number, directory: string): string => `Filesystem::/dev/drbd${minor}::${directory}::reiserfs`;
  expect(wordsOf(print(tree))).toEqual([
    [
      ...['ox1', 'IPaddr::192.168.1.160', 'datadisk::r1', mount(1, '/var/lib/ldap'), 'ldap', 'saslauthd'],
      ...['datadisk::r0', mount(0, '/var/lib/pgsql'), 'postgresql', 'datadisk::r2', 'datadisk::r3'],
      ...[mount(2, '/var/lib/imap'), mount(3, '/var/spool/imap'), 'cyrus', 'postfix', 'openexchange'],
    ],
  ]);
});

describe('printing haresources', () => {
  test('writes one resource per line', () => {
    expect(print({ items: [group('ox1', [resource('drbddisk', 'ldap'), resource('slapd')])] })).toBe(
      'ox1 drbddisk::ldap \\\n  slapd\n',
    );
  });

  test.each([
    ['a blank', resource('Filesystem', '/srv/my mail'), /blank or control character/u],
    ['a line break', resource('slapd', 'a\nox2 evil'), /blank or control character/u],
    ['a double colon', resource('a', 'b::c'), /divide arguments/u],
    ['a colon at an end', resource('a', 'b:'), /divide arguments/u],
    ['a backslash', resource('a', 'b\\'), /backslash/u],
    ['a hash', resource('a', 'b#c'), /begins a comment/u],
    ['a star', resource('a', '/srv/*'), /a shell expands/u],
    ['an empty argument', resource('a', ''), /is empty/u],
    ['a script outside the resource directories', resource('../../bin/sh'), /no file name/u],
    ['a script that looks like an address', resource('10.0.0.1'), /no file name/u],
    ['an address resource without an address', resource('IPaddr'), /has no address/u],
    ['an over-long argument', resource('a', 'b'.repeat(1000)), /longer than 1000 bytes/u],
  ])('fails on %s', (_what, one, message) => {
    expect(() => print({ items: [group('ox1', [one])] })).toThrow(FormatError);
    expect(() => print({ items: [group('ox1', [one])] })).toThrow(message);
  });

  test('fails on an empty group and on a node that is no host name', () => {
    expect(() => print({ items: [group('ox1', [])] })).toThrow(/resource group of node 'ox1' is empty/u);
    expect(() => print({ items: [group('ox 1', [resource('a')])] })).toThrow(/no host name/u);
  });

  test('either refuses nasty text or reads it back unchanged', () => {
    const text = fc.oneof({ weight: 3, arbitrary: plainWord() }, { weight: 1, arbitrary: nastyText() });
    const line = fc.record({
      kind: fc.constant('group' as const),
      node: text,
      resources: fc.array(fc.record({ script: text, arguments: fc.array(text, { maxLength: 3 }) }), {
        minLength: 1,
        maxLength: 3,
      }),
    });
    const item = fc.oneof(
      { weight: 3, arbitrary: line },
      nastyText().map((comment) => ({ kind: 'comment' as const, text: comment })),
    );
    let printed = 0;
    fc.assert(
      fc.property(fc.array(item, { maxLength: 3 }), (items) => {
        const file: HaResources = { items };
        let content: string;
        try {
          content = print(file);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          return;
        }
        printed += 1;
        const read = parse(content);
        expect(read.errors).toEqual([]);
        expect(withoutLocations(read.tree)).toEqual(withoutLocations(file));
      }),
      { numRuns: 1500 },
    );
    expect(printed).toBeGreaterThan(100);
  });
});
