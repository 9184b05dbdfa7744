import { databaseOf, plainUrl, providerOf, withProvider } from '../../../lib/operate/directory/database';
import { digestOf } from '../../../lib/operate/directory/content';

const LINE =
  '{0}rid=001 provider=ldaps://one-host tls_cacert=/etc/ldap/tls/ca.pem bindmethod=simple credentials="a provider=b" type=refreshAndPersist';

test('a line is pointed to another provider and stays what it is else', () => {
  expect(providerOf(LINE)).toBe('ldaps://one-host');
  expect(withProvider(LINE, 'ldaps://two:1636')).toBe(
    'rid=001 provider=ldaps://two:1636 tls_cacert=/etc/ldap/tls/ca.pem bindmethod=simple credentials="a provider=b" type=refreshAndPersist',
  );
});

test.each([
  ['ldaps://One-Host:636/', 'ldaps://one-host'],
  ['ldaps://one:1636', 'ldaps://one:1636'],
  ['ldap://one:389', 'ldap://one'],
  ['ldapi://%2Frun', 'ldapi://%2Frun'],
])('%s is %s', (url, plain) => {
  expect(plainUrl(url)).toBe(plain);
});

test('a stranger sees whether a database is open, and not whom it reads from', () => {
  const values = { olcreadonly: ['TRUE'], olcrestrict: ['all'], olcupdateref: ['ldaps://one/'] };
  expect(databaseOf({ dn: 'x', values })).toEqual({
    dn: 'x',
    readOnly: true,
    closed: true,
    updateRefs: ['ldaps://one'],
  });
  const all = { ...values, objectclass: ['olcMdbConfig'], olcsyncrepl: [LINE] };
  expect(databaseOf({ dn: 'x', values: all }).providers).toEqual(['ldaps://one-host']);
});

test('the digest is the same in whatever order entries come, and another one for another change', () => {
  expect(digestOf(['a 1', 'b 2'])).toBe(digestOf(['b 2', 'a 1']));
  expect(digestOf(['a 1', 'b 2'])).not.toBe(digestOf(['a 1', 'b 3']));
});
