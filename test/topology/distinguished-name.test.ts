import { commonNames, nameKey } from '../../lib/topology/distinguished-name';

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
  expect(nameKey(one)).toBe(nameKey(other));
});

test.each([
  ['cn=a,o=x', 'o=x,cn=a'],
  ['cn=a,o=x', 'cn=a\\,o\\=x'],
  ['cn=a+cn=b', 'cn=a,cn=b'],
])('%s and %s are different names', (one, other) => {
  expect(nameKey(one)).not.toBe(nameKey(other));
});
