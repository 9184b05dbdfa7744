import { commonNames, comparableName, pairsOf, partsOf, unescaped } from '../../lib/topology/distinguished-name';

test('a name is parted at commas that are not escaped', () => {
  expect(partsOf('cn=a\\, b+l=x,o=c\\\\,c=DE')).toEqual(['cn=a\\, b+l=x', 'o=c\\\\', 'c=DE']);
  expect(pairsOf('cn=a\\+b=c+l=x')).toEqual([
    ['cn', 'a\\+b=c'],
    ['l', 'x'],
  ]);
});

test('escapes are characters or bytes of UTF-8', () => {
  expect(unescaped('a\\, \\C3\\A4\\"ö')).toBe('a, ä"ö');
  expect(unescaped('\\C3\\28')).toBeUndefined();
});

test('names that a server takes for one compare equal, and others do not', () => {
  expect(comparableName('O=A\\2C  b+L=x,dc=Example')).toBe(comparableName('l=X+o=a\\, B,DC=example'));
  expect(comparableName('o=a,o=b')).not.toBe(comparableName('o=a\\,o\\=b'));
});

test.each([
  ['cn=One,o=Example', ['one']],
  ['o=Example+2.5.4.3=One,cn=two', ['one', 'two']],
  ['cn=a\\,cn\\=b,o=x', ['a,cn=b']],
  ['cn=M\\c3\\bcller', ['müller']],
  ['ou=cn,o=x', []],
])('%s has the common names %j', (name, names) => {
  expect(commonNames(name)).toEqual(names);
});

test.each([
  ['cn=a,o=Example', 'CN=A,O=example'],
  ['cn=a+ou=b,o=x', 'ou=B+cn=a,o=x'],
  ['cn=a\\2cb', 'cn=a\\,b'],
  ['cn=a', '2.5.4.3=a'],
])('%s and %s are the same name', (one, other) => {
  expect(comparableName(one)).toBe(comparableName(other));
});

test.each([
  ['cn=a,o=x', 'o=x,cn=a'],
  ['cn=a,o=x', 'cn=a\\,o\\=x'],
  ['cn=a+cn=b', 'cn=a,cn=b'],
])('%s and %s are different names', (one, other) => {
  expect(comparableName(one)).not.toBe(comparableName(other));
});
