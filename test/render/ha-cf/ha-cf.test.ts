import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { unknownDirectives } from '../../../lib/render/ha-cf/directives';
import { parse } from '../../../lib/render/ha-cf/parse';
import { print } from '../../../lib/render/ha-cf/print';
import { directive, directivesOf, type HaCf } from '../../../lib/render/ha-cf/syntax';
import { formatTime, parseTime } from '../../../lib/render/ha-cf/time';
import { withoutLocations } from '../../../lib/render/source';
import { nastyText, plainWord } from '../nasty-text';

const faultsOf = (text: string): string[] =>
  parse(text).errors.map((fault) => `${fault.location.line}: ${fault.message}`);
const wordsOf = (text: string): readonly (readonly [string, ...string[]])[] =>
  parse(text).tree.items.flatMap((item) => (item.kind === 'directive' ? [[item.name, ...item.words] as const] : []));

describe('reading ha.cf', () => {
  test('keeps directives in order, with their lines, and comments by themselves', () => {
    const { tree, errors } = parse('# head\nbaud 19200\n\nnode ox1 # first\nnode ox2\n', 'ha.cf');
    expect(errors).toEqual([]);
    expect(tree.items.map((item) => [item.kind, item.location?.line])).toEqual([
      ['comment', 1],
      ['directive', 2],
      ['comment', 4],
      ['directive', 4],
      ['directive', 5],
    ]);
    expect(directivesOf(tree, 'node').map((node) => node.words)).toEqual([['ox1'], ['ox2']]);
  });

  test('divides lists at commas as heartbeat does, but not the rest of media and client lines', () => {
    expect(
      wordsOf('node ox1,ox2\napiauth dopd uid=a,b gid=c\nstonith_host * external/ipmi ox1,ox2 10.0.0.1\n'),
    ).toEqual([
      ['node', 'ox1', 'ox2'],
      ['apiauth', 'dopd', 'uid=a,b', 'gid=c'],
      ['stonith_host', '*', 'external/ipmi', 'ox1,ox2', '10.0.0.1'],
    ]);
  });

  test('takes quotes for ordinary characters, because heartbeat knows none', () => {
    expect(wordsOf('logfile "/var/log/ha log"\n')).toEqual([['logfile', '"/var/log/ha', 'log"']]);
  });

  test('fails on settings behind the medium they are for', () => {
    expect(faultsOf('ucast eth1 10.0.0.2\nudpport 694\nbaud 19200\n')).toEqual([
      expect.stringMatching(/^2: 'udpport' comes after 'ucast' \(line 1\)/u),
      expect.stringMatching(/^3: 'baud' comes after 'ucast'/u),
    ]);
  });

  test('fails on a directive without a value, an over-long line and a backslash at the end', () => {
    expect(faultsOf(`auto_failback\nnode ${'a'.repeat(1000)}\nnode ox1 \\\n`)).toEqual([
      expect.stringMatching(/^1: directive 'auto_failback' has no value/u),
      expect.stringMatching(/^2: line is longer than 1000 bytes/u),
      expect.stringMatching(/^3: .*no continued lines/u),
    ]);
  });

  test('names unknown directives and reads on', () => {
    const { tree, errors } = parse('crm on\nbcast eth0 eth1\nmcast eth0 239.0.0.1 694 1 0\nserail /dev/ttyS0\n');
    expect(errors).toEqual([]);
    expect(unknownDirectives(tree)).toEqual([{ name: 'serail', location: { line: 4 } }]);
  });

  test('fails on no input', () => {
    fc.assert(
      fc.property(fc.array(nastyText()), (pieces) => {
        expect(parse(pieces.join(' ')).errors.every((fault) => fault.location.line >= 1)).toBe(true);
      }),
    );
  });
});

test('reads the published ha.cf: one path, no times, no fencing (E5, E6, E9)', () => {
  const { tree, errors } = parse(readFileSync(resolve(__dirname, 'fixtures/as-published.ha.cf'), 'utf8'));
  expect(errors).toEqual([]);
  expect(withoutLocations(tree.items.filter((item) => item.kind === 'directive'))).toEqual([
    directive('auto_failback', 'off'),
    directive('ucast', 'eth1', '192.168.180.10'),
    directive('node', 'ox1'),
    directive('node', 'ox2'),
  ]);
});

describe('printing ha.cf', () => {
  test.each([
    ['a blank in a value', 'external/ssh pass word', /blank or control character/u],
    ['a line break', 'a\nnode evil', /blank or control character/u],
    ['a hash', 'p#w', /begins a comment/u],
    ['a backslash', 'a\\', /backslash/u],
    ['a comma in a list', 'ox1,ox2', /comma, which divides values/u],
    ['an empty value', '', /is empty/u],
    ['an over-long line', 'a'.repeat(1000), /longer than 1000 bytes/u],
  ])('fails on %s', (_what, word, message) => {
    const file = { items: [directive('node', word)] };
    expect(() => print(file)).toThrow(FormatError);
    expect(() => print(file)).toThrow(message);
  });

  test('either refuses nasty text or reads it back unchanged', () => {
    const name = fc.oneof(plainWord(), fc.constantFrom('node', 'ucast', 'apiauth', 'serial'), nastyText());
    const item = fc.oneof(
      fc.record({
        kind: fc.constant('directive' as const),
        name,
        words: fc.array(fc.oneof(plainWord(), nastyText()), { maxLength: 3 }),
      }),
      nastyText().map((text) => ({ kind: 'comment' as const, text })),
    );
    let printed = 0;
    fc.assert(
      fc.property(fc.array(item, { maxLength: 3 }), (items) => {
        const file: HaCf = { items };
        let text: string;
        try {
          text = print(file);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          return;
        }
        printed += 1;
        expect(withoutLocations(parse(text).tree)).toEqual(withoutLocations(file));
      }),
      { numRuns: 1500 },
    );
    expect(printed).toBeGreaterThan(100);
  });
});

describe('times of ha.cf', () => {
  test.each([
    ['5', 5000],
    ['500ms', 500],
    ['1.5', 1500],
    ['250000us', 250],
    ['2s', undefined],
    ['1m', undefined],
    ['', undefined],
  ])('reads %s as heartbeat does', (text, expected) => {
    expect(parseTime(text)).toBe(expected);
  });

  test('reads back what it writes', () => {
    fc.assert(fc.property(fc.nat(10_000_000), (time) => expect(parseTime(formatTime(time))).toBe(time)));
    expect(formatTime(10_000)).toBe('10');
    expect(formatTime(500)).toBe('500ms');
  });
});
