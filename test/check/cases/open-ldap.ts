import { faultless, withAgreement, withDirectory, withFailover, withServer } from '../directory-fixtures';
import { groupwarePair } from '../../support/pair';
import { accepts, finds, findsAll, type RuleCase } from '../rule-case';

const pair = groupwarePair();
const shadow = 'people/shadow/from h';

/** Rules about what OpenLDAP takes. */
export const openLdapCases: readonly RuleCase[] = [
  accepts('directory/one-slapd', 'each server has a host of its own', faultless),
  accepts('directory/one-slapd', 'the other server is 389 Directory Server', withServer('x', { host: 'hq/a-host' })),
  finds(
    'directory/one-slapd',
    'two servers share a host (F29)',
    withServer('s', { host: 'hq/a-host' }),
    'directories/s',
    /host a-host of s runs another slapd already \(directories\/a\)/,
  ),
  finds(
    'directory/one-slapd',
    'a cluster of the host runs slapd',
    {
      ...pair,
      directoryServers: faultless.directoryServers
        .filter(({ id }) => id === 'a')
        .map((one) => ({ ...one, host: pair.hosts[0]?.id ?? '' })),
    },
    'directories/a',
    /runs another slapd already \(groupware\/directory\)/,
  ),
  accepts('directory/unique-hostname', 'names differ', faultless),
  finds(
    'directory/unique-hostname',
    'two servers have one name',
    withServer('b', { hostname: 'a-host' }),
    'directories/b',
    /b has the host name of a \(a-host\)/,
  ),
  accepts('directory/known-schema', 'schemas are shipped', faultless),
  accepts(
    'directory/known-schema',
    '389 Directory Server has other ones',
    withDirectory('phones', { schemas: ['60sudo'] }),
  ),
  finds(
    'directory/known-schema',
    'a schema is not shipped',
    withDirectory('people', { schemas: ['groupware'] }),
    'directories/people',
    /does not ship this schema \(groupware\); bring it as schemaFiles/,
  ),
  finds(
    'directory/known-schema',
    'a schema file has the name of a shipped one',
    withDirectory('people', { schemaFiles: [{ name: 'nis', definitions: [] }] }),
    'directories/people',
    /has the name of this schema file \(nis\)/,
  ),
  accepts(
    'directory/unique-suffix',
    'suffixes differ in more than case and blanks',
    withDirectory('phones', { suffix: 'o=a b', schemas: [] }),
  ),
  finds(
    'directory/unique-suffix',
    'two suffixes are one name, escaped in two ways',
    withDirectory('people', { suffix: 'o=A\\2C  b' }, withDirectory('phones', { suffix: 'O=a\\, B' })),
    'directories/phones',
    /belongs to directory people already/,
  ),
  accepts('replication/name-only', 'all use certificates', faultless),
  accepts('replication/name-only', 'a consumer uses a password', withAgreement(shadow, { authentication: 'simple' })),
  findsAll(
    'replication/name-only',
    'a group and a consumer say a name alone',
    withAgreement(shadow, { authentication: 'name-only' }, withFailover({ authentication: 'name-only' })),
    { path: 'directories/people/group', text: /\(name-only\); use 'strong'/ },
    { path: `directories/${shadow}`, text: /\(name-only\); use 'strong'/ },
  ),
  accepts('replication/certificate-syntax', 'subjects are names', faultless),
  accepts(
    'replication/certificate-syntax',
    'a subject has characters that are escaped',
    withServer('a', { identity: 'cn=a \\2B \\"b\\"\\, c,O=Example' }),
  ),
  accepts(
    'replication/certificate-syntax',
    'a server of the other engine has another one',
    withServer('x', { identity: 'mail=x' }),
  ),
  accepts(
    'replication/certificate-syntax',
    'a server of the other engine has other special characters',
    withServer('x', { identity: 'cn=ä\\+ \\,\\=\\;\\<\\>\\23,o=(x)' }),
  ),
  finds(
    'replication/certificate-syntax',
    'a server of the other engine has a quotation mark',
    withServer('x', { identity: 'cn=the \\"x\\",o=Example' }),
    'directories/x',
    /a quotation mark, a backslash or a star \(cn=the/,
  ),
  finds(
    'replication/certificate-syntax',
    'a server of the other engine has a backslash, by its number',
    withServer('x', { certificate: { subject: 'cn=a\\5Cb', directoryNames: [], dnsNames: [] } }),
    'directories/x',
    /a quotation mark, a backslash or a star/,
  ),
  finds(
    'replication/certificate-syntax',
    'a server of the other engine has a star',
    withServer('x', { certificate: { subject: 'cn=*.example.com', directoryNames: [], dnsNames: [] } }),
    'directories/x',
    /or a star \(cn=\*/,
  ),
  finds(
    'replication/certificate-syntax',
    'an attribute is not known',
    withServer('a', { identity: 'colour=red' }),
    'directories/a',
    /not every server knows \(colour\)/,
  ),
  finds(
    'replication/certificate-syntax',
    'a subject is not of ASCII',
    withServer('a', { certificate: { subject: 'cn=a,o=Exämple', directoryNames: [], dnsNames: [] } }),
    'directories/a',
    /outside ASCII \(cn=a,o=Exämple\)/,
  ),
  finds(
    'replication/certificate-syntax',
    'a subject is not of ASCII, by numbers',
    withServer('a', { identity: 'cn=\\C3\\A4' }),
    'directories/a',
    /outside ASCII/,
  ),
  finds(
    'replication/certificate-syntax',
    'a part has an attribute twice',
    withServer('a', { identity: 'cn=a+CN=b' }),
    'directories/a',
    /an attribute twice \(cn=a\+CN=b\)/,
  ),
  finds(
    'replication/certificate-syntax',
    'bytes are no text',
    withServer('a', { identity: 'cn=\\C3\\28' }),
    'directories/a',
    /the value of 'cn' must be text/,
  ),
  accepts('replication/known-attributes', 'jpegPhoto is of inetorgperson', faultless),
  accepts(
    'replication/known-attributes',
    'a schema file defines it',
    withDirectory(
      'people',
      {
        schemaFiles: [
          { name: 'own', definitions: ["attributeTypes: ( 1.2.3.4 NAME ( 'quota' 'mailQuota' ) SUP name )"] },
        ],
      },
      withAgreement(shadow, { attributes: { kind: 'include', attributes: ['1.2.3.4', 'cn', 'mailquota'] } }),
    ),
  ),
  finds(
    'replication/known-attributes',
    'nobody defines it',
    withAgreement(shadow, { attributes: { kind: 'exclude', attributes: ['jpegFoto'] } }),
    `directories/${shadow}`,
    /no schema .*\(jpegFoto\)/,
  ),
  finds(
    'replication/known-attributes',
    'the base of an area has an attribute of no name',
    withAgreement(shadow, { area: { base: 'colour=red,dc=example,dc=com', exclusions: [] } }),
    `directories/${shadow}`,
    /not every server knows \(colour\)/,
  ),
  finds(
    'replication/server-id',
    'a server that reads here writes elsewhere, with the id of a writer here',
    // s shadows people and is master of a directory of its own.
    withServer(
      's',
      { serverId: 1 },
      {
        ...faultless,
        replicas: [
          ...faultless.replicas,
          {
            id: 'own/group/s',
            path: 'directories/own/group/s',
            directory: 'own',
            server: 's',
            role: 'supplier',
            retiring: false,
          },
        ],
        directories: [
          ...faultless.directories,
          ...faultless.directories.slice(0, 1).map((one) => ({ ...one, id: 'own' })),
        ],
      },
    ),
    'directories/people/shadow/s',
    /s has the id of a \(1\)/,
  ),
];
