import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { files } from '../../../lib/render/slapd/files';
import type { OpenLdapSettings } from '../../../lib/topology/service';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';
import { nastyText } from '../nasty-text';
import { withSettings } from '../with-settings';
import { readLdif } from './read-ldif';

const pair = groupwarePair();
const [first = '', second = ''] = pair.hosts.map(({ id }) => id);

function content(path: string, topology: Topology = pair): string {
  return files(topology, first).find((file) => file.path === path)?.content ?? '';
}

function entryOf(dn: string, topology?: Topology): ReadonlyMap<string, readonly string[]> {
  const entry = readLdif(content('/etc/ldap/slapd.ldif', topology)).find((lines) => lines[0]?.value === dn) ?? [];
  return new Map(entry.map(({ name }) => [name, entry.filter((line) => line.name === name).map(({ value }) => value)]));
}

const DATABASE = 'olcDatabase={1}mdb,cn=config';

test('is the same on both nodes', () => {
  expect(files(pair, second)).toEqual(files(pair, first));
});

test('renders nothing for a host outside the clusters', () => {
  const [host] = pair.hosts;
  const stranger = { ...pair, hosts: host ? [...pair.hosts, { ...host, id: 'hq/other', name: 'other' }] : [] };
  expect(files(stranger, 'hq/other')).toEqual([]);
});

test('lets only slapd read the hash of the administrator', () => {
  const ldif = files(pair, first).find(({ path }) => path === '/etc/ldap/slapd.ldif');
  expect(ldif).toMatchObject({ mode: '0640', owner: 'root', group: 'openldap' });
  expect(ldif?.secrets.map((name) => `{CRYPT}@@tandem-secret:${name}:crypt@@`)).toEqual(
    entryOf(DATABASE).get('olcRootPW'),
  );
});

test('never lets a commit return before it is on the disk', () => {
  expect(content('/etc/ldap/slapd.ldif')).not.toMatch(/NoSync|EnvFlags|writemap/i);
});

test('lets nobody but the owner see a password', () => {
  expect(entryOf(DATABASE).get('olcAccess')?.[0]).toBe(
    '{0}to attrs=userPassword,shadowLastChange by self write by anonymous auth by * none',
  );
});

test('carries suffix, directory, size and indexes', () => {
  const topology = withSettings(pair, 'openldap', {
    suffix: 'o=Exämple',
    dataDirectory: '/srv/ldap',
    maximumDatabaseSize: 2 ** 31,
    indexes: [{ attributes: ['uid', 'mail'], types: ['eq', 'sub'] }],
  });
  expect(Object.fromEntries(entryOf(DATABASE, topology))).toMatchObject({
    olcSuffix: ['o=Exämple'],
    olcDbDirectory: ['/srv/ldap'],
    olcDbMaxSize: ['2147483648'],
    olcDbIndex: ['uid,mail eq,sub'],
  });
});

test('loads the core schema once and first', () => {
  const topology = withSettings(pair, 'openldap', { schemas: ['cosine', 'core'] });
  expect(content('/etc/ldap/slapd.ldif', topology).match(/^include: .*$/gm)).toEqual([
    'include: file:///etc/ldap/schema/core.ldif',
    'include: file:///etc/ldap/schema/cosine.ldif',
  ]);
});

test('listens on every address for clients, and on loopback for the node alone', () => {
  const node = withSettings(pair, 'openldap', {}, { ports: [{ port: 1389, protocol: 'tcp', from: 'node' }] });
  expect(content('/etc/default/slapd')).toContain("SLAPD_SERVICES='ldap://:389/ ldapi:///'\n");
  expect(content('/etc/default/slapd', node)).toContain("SLAPD_SERVICES='ldap://127.0.0.1:1389/ ldapi:///'\n");
});

test('builds the configuration before each start, and only on the mounted storage (X15)', () => {
  expect(content('/etc/systemd/system/slapd.service.d/tandem-config.conf')).toContain(
    '[Service]\nExecStartPre=+/usr/local/sbin/tandem-slapd-config\n',
  );
  expect(content('/usr/local/sbin/tandem-slapd-config')).toContain("mount_point='/var/lib/ldap'\n");
});

test.each<[string, Partial<OpenLdapSettings>]>([
  ['a suffix that begins with a quote', { suffix: '"dc=example"' }],
  ['a data directory with a space', { dataDirectory: '/srv/my ldap' }],
  ['a schema outside the schema folder', { schemas: ['../slapd'] }],
  ['an unknown index type', { indexes: [{ attributes: ['uid'], types: ['exact'] }] }],
  ['an index without attributes', { indexes: [{ attributes: [], types: ['eq'] }] }],
  ['an unknown log level', { logLevel: 'loud' }],
  ['an empty log level', { logLevel: ' ' }],
  ['a size that is no number of bytes', { maximumDatabaseSize: 1.5 }],
])('fails for %s, and names the service', (_name, settings) => {
  expect(() => files(withSettings(pair, 'openldap', settings), first)).toThrow(
    /^\[groupware\/directory\] format\/slapd\.ldif: /,
  );
});

test('fails when a host would have to run two directories', () => {
  const directory = pair.services.find(({ settings }) => settings.kind === 'openldap');
  const services = pair.services.map((service) =>
    directory && service.settings.kind === 'generic' ? { ...service, settings: directory.settings } : service,
  );
  expect(() => files({ ...pair, services }, first)).toThrow(/two services that share the same files/);
});

test('any text in any property is refused or leaves the entries as they are', () => {
  const names = (topology: Topology): string[] =>
    readLdif(content('/etc/ldap/slapd.ldif', topology)).map((lines) => lines.map(({ name }) => name).join());
  const usual = names(pair);
  const settings: fc.Arbitrary<Partial<OpenLdapSettings>> = fc.oneof(
    nastyText().map((suffix) => ({ suffix })),
    nastyText().map((text) => ({ suffix: `dc=${text}` })),
    nastyText().map((administrator) => ({ administrator })),
    nastyText().map((text) => ({ dataDirectory: `/srv${text}` })),
    nastyText().map((logLevel) => ({ logLevel })),
    nastyText().map((schema) => ({ schemas: ['cosine', 'inetorgperson', schema] })),
    nastyText().map((text) => ({
      indexes: [
        { attributes: [text], types: ['eq'] },
        { attributes: ['uid'], types: [text] },
      ],
    })),
  );
  fc.assert(
    fc.property(settings, (changed) => {
      let found: string[];
      try {
        found = names(withSettings(pair, 'openldap', changed));
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
        return;
      }
      const levels = (lines: string[]): string[] =>
        lines.map((line) => line.replace(/(,olcLogLevel)+/, ',olcLogLevel'));
      expect(levels(found)).toEqual(levels(usual));
    }),
  );
});
