import { files } from '../../../lib/render/directory-server/files';
import { database, entriesOf } from '../../support/config-entries';
import { chainAndPlugins } from '../../support/open-ldap-directories';
import { readLdif } from '../slapd/read-ldif';

const features = chainAndPlugins().topology();

test('plug-ins are overlays where clients write, and references are kept on every copy (R41)', () => {
  const overlays = (server: string): readonly string[] =>
    entriesOf(features, server).flatMap((entry) => entry.get('olcOverlay') ?? []);
  expect(overlays('one')).toEqual(['{0}syncprov', '{0}syncprov', '{1}accesslog', '{2}unique', '{3}refint']);
  expect(overlays('three')).toEqual(['{0}chain', '{0}refint']);
  expect(overlays('far')).toEqual([]);
  const unique = entriesOf(features, 'two').find((entry) => entry.get('olcOverlay')?.[0] === '{2}unique');
  expect(unique?.get('olcUniqueURI')).toEqual(['ldap:///?employeeNumber?sub', 'ldap:///?uid?sub']);
  expect(database(features, 'one').get('olcDbIndex')?.[1]).toMatch(
    /,employeeNumber,member,uniqueMember,owner,seeAlso eq$/,
  );
});

test('a database link comes before the directory that it lies in, and is reached by TLS', () => {
  const suffixes = entriesOf(features, 'one').flatMap((entry) => entry.get('olcSuffix') ?? []);
  expect(suffixes.slice(0, 4)).toEqual([
    'cn=changes of people',
    'ou=far,dc=example,dc=com',
    'cn=admin,dc=example,dc=com',
    'dc=example,dc=com',
  ]);
  expect(database(features, 'one', 'ou=far,dc=example,dc=com').get('olcDbStartTLS')).toEqual([
    'ldaps tls_cacert=/etc/ldap/tls/ca.pem tls_reqcert=demand',
  ]);
});

test('a consumer that chains knows all who may come to take writes, and they know it', () => {
  const urls = entriesOf(features, 'three').flatMap((entry) => entry.get('olcDbURI') ?? []);
  expect(urls).toEqual(['ldaps://one-host', 'ldaps://two-host']);
  const policy = (server: string): unknown => entriesOf(features, server)[0]?.get('olcAuthzPolicy');
  expect([policy('one'), policy('two'), policy('three'), policy('names')]).toEqual([
    ['to'],
    ['to'],
    undefined,
    undefined,
  ]);
});

describe('the entry of a server that names its clients', () => {
  const file = files(features, 'hq/two-host').find(({ path }) => path === '/etc/ldap/identities/three/cn=three.ldif');
  const [rule] = readLdif(file?.content ?? '')[0]?.filter(({ name }) => name === 'authzTo') ?? [];
  // slapd compares names in their normal form, without case.
  const pattern = new RegExp(/^\{0\}dn\.regex:(.*)$/.exec(rule?.value ?? '')?.[1] ?? '$^', 'i');

  test.each([
    'uid=jane,ou=people,dc=example,dc=com',
    'cn=jane,dc=example,dc=com',
    'cn=adm,dc=example,dc=com',
    'cn=administrator,dc=example,dc=com',
    'c=de,dc=example,dc=com',
    'ou=cn\\3Dadmin,dc=example,dc=com',
    'uid=x,cn=admin,dc=example,dc=com',
  ])('lets it name %s', (name) => {
    expect(name).toMatch(pattern);
  });

  test.each([
    'cn=admin,dc=example,dc=com',
    'CN=Admin,dc=example,dc=com',
    'dc=example,dc=com',
    'uid=jane,dc=exampleXdc=com',
    'uid=jane,dc=example,dc=com,dc=org',
    'cn=two',
    '',
  ])("does not let it name '%s'", (name) => {
    expect(name).not.toMatch(pattern);
  });
});

test('what a filter compares is not handed out, but may be compared', () => {
  expect(database(features, 'one').get('olcAccess')?.[1]).toBe(
    '{1}to attrs=title by dn.exact="cn=names" search by * break',
  );
});
