import { parseServerFacts, serverFactsCommand } from './server-facts';

const told = (...lines: readonly string[]): string => `boot: 1-2\n${lines.map((line) => `${line}\n`).join('')}`;
const DATABASE = ['dn: olcDatabase={2}mdb,cn=config', 'olcDatabase: {2}mdb'];

test('a master takes writes, a mirror does not, and whoever is closed neither', () => {
  const facts = (...more: readonly string[]): object => parseServerFacts('a', told(...DATABASE, ...more));
  expect(facts('olcReadOnly: FALSE')).toMatchObject({ runs: true, closed: false, takesWrites: true });
  expect(facts('olcReadOnly: TRUE')).toMatchObject({ runs: true, closed: false, takesWrites: false });
  expect(facts('olcReadOnly: FALSE', 'olcRestrict: all')).toMatchObject({
    runs: true,
    closed: true,
    takesWrites: false,
  });
});

test('a node without slapd answers all the same', () => {
  expect(parseServerFacts('a', told())).toEqual({
    node: 'a',
    boot: '1-2',
    runs: false,
    closed: false,
    takesWrites: false,
    changes: [],
  });
});

test('copies are compared by the changes of each server, in any order', () => {
  const { changes } = parseServerFacts('a', told('contextCSN: 2#001', 'contextCSN: 1#000'));
  expect(changes).toEqual(['1#000', '2#001']);
});

test('a suffix is one word of the command', () => {
  expect(serverFactsCommand("o=it's")).toContain(`'(olcSuffix=o=it'\\''s)'`);
});
