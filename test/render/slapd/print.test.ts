import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { print } from '../../../lib/render/slapd/print';
import { nastyText } from '../nasty-text';
import { readLdif } from './read-ldif';

const entry = (value: string): string =>
  print([{ kind: 'entry', dn: 'cn=config', attributes: [{ name: 'description', value }], comments: [] }]);

test('writes a plain value as it is', () => {
  expect(entry('a b: c <d>')).toBe('dn: cn=config\ndescription: a b: c <d>\n\n');
});

test.each([' leading', 'trailing ', ':colon', '<url', 'ä', 'two\nlines', 'nul\0'])(
  'writes %j in base64, which it could not be read back from otherwise',
  (value) => {
    const printed = entry(value);
    expect(printed).toContain('description:: ');
    expect(readLdif(printed)[0]?.[1]?.value).toBe(value);
  },
);

test('folds lines at 76 characters, with a space before what follows', () => {
  const printed = entry('x'.repeat(200));
  expect(Math.max(...printed.split('\n').map((line) => line.length))).toBe(76);
  expect(readLdif(printed)[0]?.[1]?.value).toBe('x'.repeat(200));
});

test('keeps the marker of a secret in one piece, however long its name is', () => {
  const secret = 'a'.repeat(100);
  expect(
    print([
      { kind: 'entry', dn: 'cn=x', attributes: [{ name: 'olcRootPW', value: { hashedSecret: secret } }], comments: [] },
    ]),
  ).toContain(`olcRootPW: {CRYPT}@@tandem-secret:${secret}:crypt@@\n`);
});

test('fails for an attribute name that would start another line', () => {
  const print_ = (): string =>
    print([{ kind: 'entry', dn: 'cn=x', attributes: [{ name: 'a: b\nc', value: 'd' }], comments: [] }]);
  expect(print_).toThrow(FormatError);
});

test('fails for an included file that is no absolute path', () => {
  expect(() => print([{ kind: 'include', file: 'core.ldif\ndn: cn=x' }])).toThrow(FormatError);
});

test('any text is refused or read back as it was', () => {
  fc.assert(
    fc.property(nastyText(), nastyText(), (dn, value) => {
      let printed: string;
      try {
        printed = print([{ kind: 'entry', dn, attributes: [{ name: 'description', value }], comments: [] }]);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      expect(readLdif(printed)).toEqual([
        [
          { name: 'dn', value: dn },
          { name: 'description', value },
        ],
      ]);
    }),
  );
});
