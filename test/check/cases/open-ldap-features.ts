import type { Topology } from '../../../lib/topology/topology';
import { withAgreement, withDirectory, withReplica, withServer } from '../directory-fixtures';
import { accepts, finds, type RuleCase } from '../rule-case';

const shadow = 'people/shadow/s';
const agreement = 'people/shadow/from h';
const whole = withAgreement(agreement, { attributes: { kind: 'all' } });
const chained = withReplica(shadow, { updates: 'chain' }, whole);
const link = { suffix: 'ou=far,dc=example,dc=com', url: 'ldaps://far.example.com', backedUpBy: 'Git' };

const schema = (...definitions: readonly string[]): Topology =>
  withDirectory('people', { schemaFiles: [{ name: 'own', definitions }] });

const QUOTA =
  "attributeTypes: ( 1.3.6.1.4.1.32473.1.1 NAME ( 'quota' 'mailQuota' ) EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27{8} )";
const faulty = (when: string, text: RegExp, ...definitions: readonly string[]): RuleCase =>
  finds('directory/schema-definitions', when, schema(...definitions), 'directories/people', text);

/** Rules about writes at consumers, plug-ins, links and schema files of OpenLDAP. */
export const openLdapFeatureCases: readonly RuleCase[] = [
  accepts('replication/chaining', 'a consumer of everything chains', chained),
  finds(
    'replication/chaining',
    'a consumer of a part chains',
    withReplica(shadow, { updates: 'chain' }),
    `directories/${shadow}`,
    /a copy of a part .*\(people\/shadow\/from h\); use updates: 'refer'$/,
  ),
  finds(
    'replication/chaining',
    'another copy of the server refers',
    {
      ...chained,
      replicas: [
        ...chained.replicas,
        {
          id: 'other/s',
          path: 'other/s',
          directory: 'phones',
          server: 's',
          role: 'consumer',
          updates: 'refer',
          retiring: false,
        },
      ],
    },
    `directories/${shadow}`,
    /another copy of the server refers .*\(other\/s\); chain both/,
  ),
  finds(
    'replication/chaining',
    'a server has a name below the suffix',
    withServer('b', { identity: 'cn=b,DC=Example,dc=com' }, chained),
    `directories/${shadow}`,
    /a name below its suffix \(cn=b,DC=Example,dc=com\)/,
  ),
  finds(
    'replication/chaining',
    'its name has a blank',
    withServer('s', { certificate: { subject: 'cn=s,o=Example Inc', directoryNames: [], dnsNames: [] } }, chained),
    `directories/${shadow}`,
    /blanks or characters to escape \(cn=s,o=Example Inc\)/,
  ),
  accepts('replication/chaining-engine', 'a consumer on OpenLDAP chains', chained),
  finds(
    'replication/chaining-engine',
    'a consumer on 389 Directory Server chains',
    withReplica('phones/readers/w', { updates: 'chain' }),
    'directories/phones/readers/w',
    /w runs ds389, which refers clients to its suppliers instead \(chain\)/,
  ),
  accepts(
    'directory/unique-attributes',
    'they are in a schema',
    withServer('a', { uniqueAttributes: ['uid', 'gecos'] }),
  ),
  accepts(
    'directory/unique-attributes',
    'the other engine has other ones',
    withServer('x', { uniqueAttributes: ['nsX'] }),
  ),
  finds(
    'directory/unique-attributes',
    'one is in no schema',
    withServer('a', { uniqueAttributes: ['uid', 'badge'] }),
    'directories/a',
    /no schema of the directories defines .*\(badge\)/,
  ),
  accepts('directory/link-suffix', 'it links a subtree', withServer('a', { databaseLinks: [link] })),
  finds(
    'directory/link-suffix',
    'it links the suffix of a directory',
    withServer('a', { databaseLinks: [{ ...link, suffix: 'DC=Example, dc=com'.replace(' ', '') }] }),
    'directories/a',
    /holds dc=example,dc=com, .*\(DC=Example,dc=com\)/,
  ),
  finds(
    'directory/link-suffix',
    'it links a subtree twice',
    withServer('a', { databaseLinks: [link, { ...link, suffix: 'OU=far,dc=example,dc=com' }] }),
    'directories/a',
    /\(OU=far,dc=example,dc=com\)/,
  ),
  accepts(
    'directory/schema-definitions',
    'definitions build on each other in order',
    schema(
      "objectClasses: ( 1.3.6.1.4.1.32473.2.1 NAME 'quotaUser' SUP ( top $ 2.5.6.6 ) AUXILIARY MUST quota MAY ( mail $ mailquota ) )",
      QUOTA,
      "attributeTypes: ( 1.3.6.1.4.1.32473.1.2 NAME 'hardQuota' SUP quota )",
    ),
  ),
  accepts(
    'directory/schema-definitions',
    '389 Directory Server has other ones',
    withDirectory('phones', {
      schemaFiles: [{ name: 'own', definitions: ["attributeTypes: ( 1.3.6.1.4.1.32473.1.2 NAME 'a' SUP nsRoot )"] }],
    }),
  ),
  faulty(
    'a superior is unknown',
    /a names a superior .*\(nam\)/,
    "attributeTypes: ( 1.3.6.1.4.1.32473.1.2 NAME 'a' SUP nam )",
  ),
  faulty(
    'a superior comes later',
    /hardQuota names a superior .*\(quota\)/,
    "attributeTypes: ( 1.3.6.1.4.1.32473.1.2 NAME 'hardQuota' SUP quota )",
    QUOTA,
  ),
  faulty(
    'a syntax is unknown',
    /a has a syntax .*\(1\.3\.6\.1\.4\.1\.1466\.115\.121\.1\.99\)/,
    "attributeTypes: ( 1.3.6.1.4.1.32473.1.2 NAME 'a' SYNTAX 1.3.6.1.4.1.1466.115.121.1.99 )",
  ),
  faulty(
    'a matching rule is unknown',
    /a names a matching rule .*\(caseMatch\)/,
    "attributeTypes: ( 1.3.6.1.4.1.32473.1.2 NAME 'a' EQUALITY caseMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
  ),
  faulty(
    'an attribute of a class is unknown',
    /c names an attribute .*\(nosuch\)/,
    "objectClasses: ( 1.3.6.1.4.1.32473.2.2 NAME 'c' SUP top AUXILIARY MAY ( cn $ nosuch ) )",
  ),
  faulty(
    'a name is taken by what is shipped',
    /CN is defined already \(CN\)/,
    "attributeTypes: ( 1.3.6.1.4.1.32473.1.2 NAME 'CN' SUP name )",
  ),
  faulty(
    'a number is taken',
    /b is defined already \(1\.3\.6\.1\.4\.1\.32473\.1\.1\)/,
    QUOTA,
    "attributeTypes: ( 1.3.6.1.4.1.32473.1.1 NAME 'b' SUP name )",
  ),
  faulty(
    'a line is none',
    /this is no keyword .*\(SUPERIOR\)/,
    'attributeTypes: ( 1.3.6.1.4.1.32473.1.2 SUPERIOR name )',
  ),
];
