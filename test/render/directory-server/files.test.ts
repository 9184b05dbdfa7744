import { files } from '../../../lib/render/directory-server/files';
import { joined } from '../../../lib/render/directory-server/selection';
import { renderHost } from '../../../lib/render/render';
import { dataDatabaseName, logDatabaseName } from '../../../lib/topology/openldap-databases';
import type { AttributeSelectionFacts, DirectoryServerFacts } from '../../../lib/topology/replication';
import type { Topology } from '../../../lib/topology/topology';
import { directories } from '../../support/directories';
import {
  cascadeWithParts,
  failoverWithShadow,
  fourSuppliers,
  severalDirectories,
} from '../../support/open-ldap-directories';
import { content, database, entriesOf } from '../../support/config-entries';

const failover = failoverWithShadow().topology();
const cascade = cascadeWithParts().topology();
const several = severalDirectories().topology();

const lines = (topology: Topology, server: string, suffix?: string): readonly string[] =>
  database(topology, server, suffix).get('olcSyncrepl') ?? [];

const providers = (topology: Topology, server: string): readonly (string | undefined)[] =>
  lines(topology, server).map((line) => /provider=(\S+)/.exec(line)?.[1]);

const hasOverlay = (topology: Topology, server: string, overlay: string): boolean =>
  entriesOf(topology, server).some((entry) => entry.get('olcOverlay')?.[0]?.endsWith(`}${overlay}`));

test('members of a failover group follow each other, and what shadows the group follows its master (F12, F18)', () => {
  expect(providers(failover, 'one')).toEqual(['ldaps://three-host', 'ldaps://two-host']);
  expect(providers(failover, 'two')).toEqual(['ldaps://one-host', 'ldaps://three-host']);
  expect(providers(failover, 'four')).toEqual(['ldaps://one-host']);
});

test('every server has the custom schema of the directory in its own configuration (R47, R48)', () => {
  for (const { name } of cascade.directoryServers) {
    const schemas = entriesOf(cascade, name).flatMap((entry) => entry.get('dn') ?? []);
    expect(schemas).toContainEqual(expect.stringMatching(/^cn=\{\d+\}groupware,cn=schema,cn=config$/));
  }
});

test('members of a group differ in what names them and in whom they follow, and in nothing else (F9, E26)', () => {
  const differing = (one: string, other: string): readonly string[] => {
    const [entries, others] = [entriesOf(failover, one), entriesOf(failover, other)];
    return entries.flatMap((entry, index) =>
      [...entry].flatMap(([name, values]) =>
        JSON.stringify(values) === JSON.stringify(others[index]?.get(name)) ? [] : [name],
      ),
    );
  };
  expect(new Set(differing('two', 'three'))).toEqual(new Set(['olcServerID', 'olcSyncrepl', 'olcLimits', 'olcAccess']));
});

test('every database starts closed and says who is master at first (F8, F11, Q10)', () => {
  const settings = (server: string): unknown =>
    ['olcMultiProvider', 'olcReadOnly', 'olcRestrict', 'olcUpdateRef'].map(
      (name) => database(failover, server).get(name)?.[0],
    );
  expect(settings('one')).toEqual(['TRUE', 'TRUE', 'all', 'ldaps://one-host']);
  expect(settings('three')).toEqual(['TRUE', 'TRUE', 'all', 'ldaps://one-host']);
  expect(settings('four')).toEqual([undefined, undefined, 'all', 'ldaps://one-host']);
});

test('the log of changes is closed as the directory is: it holds what a returned master took alone (F25)', () => {
  const log = entriesOf(failover, 'two').find((entry) => entry.get('olcSuffix')?.[0] === 'cn=changes of people');
  expect(log?.get('olcRestrict')).toEqual(['all']);
});

test('who shadows a group has a line for each member that may become master, with a number of its own', () => {
  const ldif = content(failover, 'four', '/etc/ldap/slapd.ldif');
  const lines = [...ldif.matchAll(/^# tandem-line (\S+) (\S+) (rid=\d+) provider=(\S+) /gm)].map(
    ([, ...found]) => found,
  );
  const number = database(failover, 'four').get('olcDatabase')?.[0];
  expect(lines).toEqual(
    ['one', 'two', 'three'].map((name, index) => [
      `olcDatabase=${number},cn=config`,
      `ldaps://${name}-host`,
      `rid=00${index + 1}`,
      `ldaps://${name}-host`,
    ]),
  );
  expect(content(failover, 'two', '/etc/ldap/slapd.ldif')).toContain('# tandem-role member ldaps://two-host\n');
});

test('the database of a directory is found by its place on each server (F23)', () => {
  const server = (name: string): DirectoryServerFacts => {
    const found = failover.directoryServers.find((one) => one.name === name);
    if (!found) throw new Error(`no server ${name}`);
    return found;
  };
  const directory = failover.directories[0]?.id ?? '';
  expect(dataDatabaseName(failover, server('one'), directory)).toBe('olcDatabase={3}mdb,cn=config');
  expect(dataDatabaseName(failover, server('four'), directory)).toBe('olcDatabase={2}mdb,cn=config');
  expect(dataDatabaseName(failover, server('four'), 'none')).toBeUndefined();
  expect(logDatabaseName(failover, server('one'), directory)).toBe('olcDatabase={1}mdb,cn=config');
  expect(logDatabaseName(failover, server('four'), directory)).toBeUndefined();
});

test('only servers that may take writes have an id, and only those that feed others keep a log', () => {
  const of = (server: string): unknown => [
    entriesOf(failover, server)[0]?.get('olcServerID')?.[0],
    hasOverlay(failover, server, 'syncprov'),
    hasOverlay(failover, server, 'accesslog'),
  ];
  expect(of('one')).toEqual(['1', true, true]);
  expect(of('four')).toEqual([undefined, false, false]);
});

test.each([
  ['mesh', 3, 12],
  ['ring', 2, 8],
] as const)('a %s of four has %i lines for each supplier, %i in all (R13)', (shape, each, all) => {
  const topology = fourSuppliers(shape).topology();
  const numbers = ['one', 'two', 'three', 'four'].map((server) => lines(topology, server).length);
  expect(numbers).toEqual([each, each, each, each]);
  expect(numbers.reduce((sum, number) => sum + number)).toBe(all);
});

test('suppliers of a multi-master group send whole entries, by which conflicts are settled', () => {
  const topology = fourSuppliers('mesh').topology();
  expect(lines(topology, 'one').join()).not.toContain('logbase');
  expect(hasOverlay(topology, 'one', 'accesslog')).toBe(false);
});

test('replicas use TLS and show certificates unless an agreement says a password', () => {
  expect(lines(failover, 'two')[0]).toMatch(
    /^rid=001 provider=ldaps:\/\/one-host tls_cacert=\/etc\/ldap\/tls\/ca\.pem tls_reqcert=demand bindmethod=sasl saslmech=external tls_cert=\S+ tls_key=\S+ /,
  );
  expect(lines(cascade, 'names')[0]).toMatch(
    /tls_reqcert=demand bindmethod=simple binddn="cn=people,cn=replication" credentials="@@tandem-secret:openldap_cascade_people_replication@@" /,
  );
});

test('files that hold secrets name them, and only slapd reads those', () => {
  const secrets = (server: string): unknown =>
    files(cascade, `hq/${server}-host`)
      .filter((file) => file.secrets.length > 0)
      .map(({ path, mode, group, secrets: names }) => [path, mode, group, names]);
  const administrator = 'openldap_cascade_directory_admin';
  const replication = 'openldap_cascade_people_replication';
  expect(secrets('photos')).toEqual([['/etc/ldap/slapd.ldif', '0640', 'openldap', [administrator]]]);
  expect(secrets('hub')).toEqual([['/etc/ldap/slapd.ldif', '0640', 'openldap', [administrator, replication]]]);
  expect(cascade.secrets.map(({ name }) => name)).toEqual([administrator, replication]);
});

test('a consumer of a part asks for that part (R21), at its interval', () => {
  expect(lines(cascade, 'photos')[0]).toContain(' exattrs="audio,jpegPhoto" type=refreshAndPersist ');
  expect(lines(cascade, 'names')[0]).toContain(' attrs="cn,groupwareQuota,sn" ');
  expect(lines(cascade, 'part')[0]).toContain(
    ' searchbase="ou=far\\, away,dc=example,dc=com" scope=sub filter="(&(objectClass=person)(!(cn=a \\22quoted\\22 \\28n\\c3\\a4me\\29)))" type=refreshOnly interval=01:06:00:00 retry=',
  );
});

test('exactly those who read a directory now or after a switch see its passwords', () => {
  const readers = (topology: Topology, server: string, suffix?: string): unknown =>
    [
      ...(database(topology, server, suffix).get('olcAccess') ?? [])
        .filter((rule) => !rule.includes('attrs='))
        .join()
        .matchAll(/by dn\.exact=("[^"]*") read/g),
    ].map(([, name]) => name);
  expect(readers(failover, 'three')).toEqual(['"cn=four"', '"cn=one"', '"cn=two"']);
  expect(readers(failover, 'four')).toEqual([]);
  expect(readers(cascade, 'hub')).toEqual(['"cn=part"', '"cn=people,cn=replication"', '"cn=photos"']);
  expect(readers(several, 'two', 'o=Exämple \\"A\\" \\\\ b\\=c\\#')).toEqual([
    '"cn=one \\2B \\22x\\22,o=Example \\, Inc,c=DE"',
  ]);
});

test('what an agreement leaves out its reader is not given, and the log of all changes is for those who get all (R21)', () => {
  expect(database(cascade, 'hub').get('olcAccess')?.slice(0, 3)).toEqual([
    '{0}to attrs=entry,objectClass,structuralObjectClass,entryUUID,entryCSN,contextCSN,cn,groupwareQuota,sn by dn.exact="cn=people,cn=replication" read by * break',
    '{1}to * by dn.exact="cn=people,cn=replication" none by * break',
    '{2}to attrs=audio,jpegPhoto by dn.exact="cn=photos" none by * break',
  ]);
  const log = (server: string): string =>
    database(cascade, server, 'cn=changes of people').get('olcAccess')?.join() ?? '';
  expect(log('one')).toMatch(/ by dn\.exact="cn=hub" read by dn\.exact="cn=two" read by \* none$/);
});

test.each([
  ['all', [{ kind: 'exclude', attributes: ['a'] }, { kind: 'all' }], { kind: 'all' }],
  [
    'what both leave out',
    [
      ['exclude', 'a', 'b'],
      ['exclude', 'b'],
    ],
    ['exclude', 'b'],
  ],
  [
    'what one of them lists',
    [
      ['include', 'b'],
      ['include', 'a'],
    ],
    ['include', 'a', 'b'],
  ],
  [
    'what is left out and not listed',
    [
      ['exclude', 'a', 'b'],
      ['include', 'b'],
    ],
    ['exclude', 'a'],
  ],
  [
    'all that is left out and listed',
    [
      ['include', 'a'],
      ['exclude', 'a'],
    ],
    { kind: 'all' },
  ],
] as const)('a name of several agreements is hidden %s', (_, given, expected) => {
  const facts = (one: object): AttributeSelectionFacts =>
    Array.isArray(one)
      ? { kind: one[0] as 'include', attributes: one.slice(1) as string[] }
      : (one as AttributeSelectionFacts);
  expect(joined(given.map(facts))).toEqual(facts(expected));
});

test('a subordinate suffix comes before its superior (Q1), and each line of a server has a number of its own', () => {
  const suffixes = entriesOf(several, 'one').flatMap((entry) => entry.get('olcSuffix') ?? []);
  expect(suffixes.filter((suffix) => !suffix.startsWith('cn='))).toEqual([
    'ou=x+l=y,o=Exämple \\"A\\" \\\\ b\\=c\\#',
    'o=Exämple \\"A\\" \\\\ b\\=c\\#',
  ]);
  const numbers = entriesOf(several, 'two')
    .flatMap((entry) => entry.get('olcSyncrepl') ?? [])
    .map((line) => line.slice(0, 8));
  expect(numbers).toEqual(['rid=001 ', 'rid=002 ']);
});

test('a database has room for many times the declared load', () => {
  expect(database(cascade, 'hub').get('olcDbMaxSize')).toEqual([String(15 * 2 ** 30)]);
  expect(database(failover, 'one').get('olcDbMaxSize')).toEqual([String(4 * 2 ** 30)]);
});

test('schemas come after those that they need, and definitions of the user after them', () => {
  const text = (topology: Topology): string =>
    files(topology, 'hq/one-host').find(({ path }) => path === '/etc/ldap/slapd.ldif')?.content ?? '';
  expect(text(several).match(/^include: .*$/gm)).toEqual(
    ['core', 'cosine', 'nis'].map((name) => `include: file:///etc/ldap/schema/${name}.ldif`),
  );
  expect(text(cascade)).toContain('dn: cn={4}groupware,cn=schema,cn=config\n');
});

test('what slapd can not index without a schema is not indexed', () => {
  expect(database(several, 'one', 'o=Exämple \\"A\\" \\\\ b\\=c\\#').get('olcDbIndex')?.[1]).toBe(
    'uid,mail,cn,sn,uidNumber,gidNumber eq',
  );
});

test('all servers of a directory are in the hosts file, under the names that others use', () => {
  const hosts = renderHost(several, 'hq/one-host').find(({ path }) => path === '/etc/hosts')?.content;
  expect(hosts).toContain('192.0.2.12 ldap2.example.com\n');
  expect(hosts).toContain('192.0.2.12 two-host\n');
});

test('the start script makes the directories of databases', () => {
  const script = files(failover, 'hq/two-host').find(({ path }) => path === '/usr/local/sbin/tandem-slapd-config');
  expect(script?.content).toContain(
    "databases='/var/lib/ldap/people /var/lib/ldap/people/data /var/lib/ldap/people/changes'\n",
  );
});

test('a host of 389 Directory Server gets no slapd', () => {
  expect(files(directories(), 'hq/x-host')).toEqual([]);
});

test('fails when a host would have to run two servers', () => {
  const directoryServers = failover.directoryServers.map((one) => ({ ...one, host: 'hq/one-host' }));
  expect(() => files({ ...failover, directoryServers }, 'hq/one-host')).toThrow(
    /two servers that share the same files, 'four' and 'one'.*; put both directories on one of them/,
  );
});

test('fails for a name alone, which would be an anonymous client', () => {
  const replicationAgreements = failover.replicationAgreements.map((one) => ({
    ...one,
    authentication: 'name-only' as const,
  }));
  expect(() => files({ ...failover, replicationAgreements }, 'hq/four-host')).toThrow(
    /^\[openldap-failover\/four\] format\/slapd\.ldif: what server 'four' says to 'one' is a name alone/,
  );
});

test('fails for two schema files of one name and different definitions', () => {
  const definitions = ["attributeTypes: ( 1.3.6.1.4.1.32473.1.2 NAME 'other' SUP name )"];
  const topology: Topology = {
    ...several,
    directories: several.directories.map((one, index) => ({
      ...one,
      schemaFiles: [{ name: 'own', definitions: index === 0 ? definitions : [] }],
    })),
  };
  expect(() => files(topology, 'hq/one-host')).toThrow(/a schema file has other definitions .*\("own"\)/);
});
