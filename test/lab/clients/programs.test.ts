import { checkPrograms } from './programs';

test('fails with every program that is missing and where it comes from', () => {
  expect(() => checkPrograms([])).toThrow(
    /ldapadd is missing; it is in Debian's package ldap-utils\n(.*\n)*.*terraform is not on the PATH/,
  );
});
