import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { parse } from '../../../lib/render/authkeys/parse';
import { print } from '../../../lib/render/authkeys/print';
import type { AuthKeys } from '../../../lib/render/authkeys/syntax';
import { withoutLocations } from '../../../lib/render/source';
import { nastyText, plainWord } from '../nasty-text';

const faultsOf = (text: string): string[] =>
  parse(text).errors.map((fault) => `${fault.location.line}: ${fault.message}`);

test('reads the selection and several keys', () => {
  const { tree, errors } = parse('# keys\nauth 2\n1 sha1 old\n2 sha1 new\n3 crc\n', 'authkeys');
  expect(errors).toEqual([]);
  expect(withoutLocations(tree.items)).toEqual([
    { kind: 'comment', text: 'keys' },
    { kind: 'auth', key: 2 },
    { kind: 'key', number: 1, method: 'sha1', secret: 'old' },
    { kind: 'key', number: 2, method: 'sha1', secret: 'new' },
    { kind: 'key', number: 3, method: 'crc' },
  ]);
});

test.each([
  ['no selection', '1 sha1 x\n', /no 'auth' line/u],
  ['a selection of a missing key', 'auth 2\n1 sha1 x\n', /^1: 'auth' names key 2/u],
  ['two selections', 'auth 1\nauth 1\n1 sha1 x\n', /^2: 'auth' was already given at line 1/u],
  ['a key twice', 'auth 1\n1 sha1 x\n1 md5 y\n', /^3: key 1 was already given at line 2/u],
  ['an unknown method', 'auth 1\n1 sha512 x\n', /^2: method 'sha512' of key 1 is unknown/u],
  ['a missing secret', 'auth 1\n1 sha1\n', /^2: key 1 has no secret/u],
  ['a key number out of range', 'auth 16\n16 sha1 x\n', /^2: key number 16 is not between 1 and 15/u],
  ['a line of something else', 'auth 1\n1 sha1 x\nhello\n', /^3: line is neither/u],
  ['a selection that is no number', 'auth one\n1 sha1 x\n', /^1: 'auth' does not name a key/u],
])('fails on %s', (_what, text, message) => {
  expect(faultsOf(text)[0]).toMatch(message);
});

test('fails on a blank in a secret without showing the secret', () => {
  expect(faultsOf('auth 1\n1 sha1 hunter2 more\n')).toEqual([
    expect.stringMatching(/^2: key 1 has a blank in its secret/u),
  ]);
  expect(faultsOf('auth 1\n1 sha1 hunter2 more\n').join()).not.toContain('hunter2');
});

test('fails to print a secret with a blank, and does not show it', () => {
  const file: AuthKeys = { items: [{ kind: 'key', number: 1, method: 'sha1', secret: 'hunter2 more' }] };
  expect(() => print(file)).toThrow(FormatError);
  expect(() => print(file)).toThrow(/the secret of key 1 has other characters/u);
  expect(() => print(file)).not.toThrow(/hunter2/u);
});

test('either refuses nasty text or reads it back unchanged', () => {
  const text = fc.oneof(plainWord(), nastyText());
  const item = fc.oneof(
    fc.record({ kind: fc.constant('auth' as const), key: fc.integer({ min: -1, max: 17 }) }),
    fc.record(
      {
        kind: fc.constant('key' as const),
        number: fc.integer({ min: 0, max: 16 }),
        method: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('sha1', 'md5', 'crc') }, text),
        secret: text,
      },
      { requiredKeys: ['kind', 'number', 'method'] },
    ),
    text.map((comment) => ({ kind: 'comment' as const, text: comment })),
  );
  let printed = 0;
  fc.assert(
    fc.property(fc.array(item, { maxLength: 3 }), (items) => {
      const file: AuthKeys = { items };
      let content: string;
      try {
        content = print(file);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      printed += 1;
      expect(withoutLocations(parse(content).tree)).toEqual(withoutLocations(file));
    }),
    { numRuns: 1500 },
  );
  expect(printed).toBeGreaterThan(100);
});
