import { escapedValue, mappingTreeEntry, numberedName, schedule } from '../../../lib/render/ds389/words';

test.each([
  ['dc=example,dc=com', 'cn=dc\\3Dexample\\2Cdc\\3Dcom,cn=mapping tree,cn=config'],
  ['ou=a+l=b,o=x', 'cn=ou\\3Da\\2Bl\\3Db\\2Co\\3Dx,cn=mapping tree,cn=config'],
  ['o=a \\22b\\22 \\5C', 'cn=o\\3Da \\5C22b\\5C22 \\5C5C,cn=mapping tree,cn=config'],
])('the suffix %s has the entry %s in the mapping tree', (suffix, dn) => {
  expect(mappingTreeEntry(suffix)).toBe(dn);
});

test.each([
  ['#a', '\\23a'],
  [' a ', '\\20a\\20'],
  ['a;<b>"c"', 'a\\3B\\3Cb\\3E\\22c\\22'],
  ['a#b c', 'a#b c'],
  ['Ä€𝒳', 'Ä€𝒳'],
])('the value %j is written %j', (value, written) => {
  expect(escapedValue(value)).toBe(written);
});

test.each([
  ['o=Exämple \\"A\\" \\\\ b\\=c\\#', 'o=Exämple \\22A\\22 \\5C b\\3Dc#'],
  ['cn=x\\2Cy\\C3\\A4', 'cn=x\\2Cyä'],
  ['ou=\\+a+l=b,dc=c', 'l=b+ou=\\2Ba,dc=c'],
  ['OU=a+l=c+cn=b,o=x', 'cn=b+l=c+OU=a,o=x'],
])('the name %s is written %s', (name, written) => {
  expect(numberedName(name)).toBe(written);
});

test('fails for a name whose bytes are no text', () => {
  expect(() => numberedName('cn=\\FF')).toThrow('format/ds389: a distinguished name has bytes that are no UTF-8');
});

test.each([
  [{ weekdays: [0, 6], from: 0, to: 1440 }, '0000-2359 06'],
  [{ weekdays: [1], from: 65, to: 600 }, '0105-1000 1'],
])('the window %j is the schedule %s (R9)', (window, written) => {
  expect(schedule(window)).toBe(written);
});
