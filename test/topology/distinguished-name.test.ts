import { comparableName, pairsOf, partsOf, unescaped } from '../../lib/topology/distinguished-name';

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
