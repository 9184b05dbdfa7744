import { fourSuppliers } from '../support/open-ldap-directories';
import { oracle } from '../oracle/support';
import { runDirectoryDrill } from './directory-drill';
import { countsOf, countsText, differences } from './verdict';

/** Two of four suppliers are killed and come back. */
const LOST = { kind: 'servers-lost', servers: ['one', 'three'] } as const;
const COMMANDS = {
  hurt: 'for name in one three; do stop "$name" KILL; done',
  mend: 'for name in one three; do start "$name"; done',
};

describe('of four suppliers two that are opposite in the ring are killed', () => {
  oracle(
    'slapd',
    'in a mesh the others hear each other, and all copies are equal when they are back',
    () => {
      const result = runDirectoryDrill({ topology: fourSuppliers('mesh').topology(), ...LOST, ...COMMANDS });
      process.stdout.write(countsText('mesh without one and three', countsOf(result)));
      expect(result.predicted.servers.map(({ name, hears }) => `${name}: ${hears.join()}`)).toEqual([
        ...['four: two', 'one: ', 'three: ', 'two: four'],
      ]);
      expect(differences(result)).toEqual([]);
    },
    220_000,
  );

  oracle(
    'slapd',
    'in a ring the others take writes and do not hear each other, and all copies are equal when they are back (E34)',
    () => {
      const result = runDirectoryDrill({ topology: fourSuppliers('ring').topology(), ...LOST, ...COMMANDS });
      process.stdout.write(countsText('ring without one and three', countsOf(result)));
      expect(result.predicted.servers.map(({ name, hears }) => `${name}: ${hears.join()}`)).toEqual([
        ...['four: ', 'one: ', 'three: ', 'two: '],
      ]);
      expect(differences(result)).toEqual([]);
    },
    220_000,
  );
});
