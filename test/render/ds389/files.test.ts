import { files } from '../../../lib/render/ds389/files';
import type { Topology } from '../../../lib/topology/topology';
import { directories } from '../../support/directories';
import { failover, mesh } from '../../support/ds389-directories';
import { readLdif } from '../slapd/read-ldif';

type Entry = ReadonlyMap<string, readonly string[]>;

function fileOf(topology: Topology, server: string, name: string): string {
  const found = files(topology, `hq/${server}-host`).find(({ path }) => path.endsWith(`/${name}`));
  if (!found) throw new Error(`${server} has no ${name}`);
  return found.content;
}

function entries(topology: Topology, server: string, name = 'config.ldif'): readonly Entry[] {
  return readLdif(fileOf(topology, server, name)).map(
    (lines) =>
      new Map(
        lines.map((line) => [line.name, lines.filter((one) => one.name === line.name).map(({ value }) => value)]),
      ),
  );
}

const replica = (topology: Topology, server: string): Entry | undefined =>
  entries(topology, server).find((entry) => entry.get('objectClass')?.includes('nsDS5Replica'));

const meshed = mesh().topology();
const group = failover().topology();

test.each([
  ['one', ['1', '3', '1']],
  ['two', ['2', '3', '1']],
  ['hub', ['65535', '2', '1']],
  ['reader', ['65535', '2', '0']],
])('the replica of %s has id, type and flags %j (R16, R18)', (server, values) => {
  const names = ['nsDS5ReplicaId', 'nsDS5ReplicaType', 'nsDS5Flags'];
  expect(names.map((name) => replica(meshed, server)?.get(name)?.[0])).toEqual(values);
});

test('a replica takes updates from its suppliers alone, each by its own name or by the one of the password (F20)', () => {
  const names = (server: string): unknown => replica(meshed, server)?.get('nsDS5ReplicaBindDN');
  expect(names('one')).toEqual(['cn=peer two,cn=config']);
  expect(names('hub')).toEqual(['cn=peer one,cn=config', 'cn=peer two,cn=config']);
  expect(names('reader')).toEqual(['cn=replication of people,cn=config']);
});

test('a copy that takes no writes refers to the preferred writer, by TLS (F5, R3)', () => {
  expect(replica(meshed, 'reader')?.get('nsDS5ReplicaReferral')).toEqual([
    'ldaps://one-host:4636/dc%3Dexample%2Cdc%3Dcom',
  ]);
  expect(replica(meshed, 'two')?.get('nsDS5ReplicaReferral')).toBeUndefined();
});

test('an agreement leaves attributes out of updates and of the initialisation (R21)', () => {
  const [agreement] = entries(meshed, 'hub', 'agreements.ldif');
  const list = ['(objectclass=*) $ EXCLUDE jpegPhoto telephoneNumber'];
  expect(agreement?.get('nsDS5ReplicatedAttributeList')).toEqual(list);
  expect(agreement?.get('nsDS5ReplicatedAttributeListTotal')).toEqual(list);
});

test('an agreement has a schedule where it has windows, and none where it follows each change (R9)', () => {
  const schedules = entries(group, 'one', 'agreements.ldif').map((one) => one.get('nsDS5ReplicaUpdateSchedule'));
  expect(schedules).toEqual([['2200-2359 06', '0000-0430 0123456'], undefined, undefined]);
});

test('every agreement goes by TLS, and none has a password in the file', () => {
  for (const server of ['one', 'two', 'hub']) {
    for (const agreement of entries(meshed, server, 'agreements.ldif')) {
      expect(agreement.get('nsDS5ReplicaTransportInfo')).toEqual(['LDAPS']);
      expect(agreement.get('nsDS5ReplicaCredentials') ?? ['@@tandem-secret:']).toEqual([
        expect.stringContaining('@@tandem-secret:'),
      ]);
    }
  }
});

test('files with secrets are for root alone', () => {
  const open = files(meshed, 'hq/hub-host').filter(({ secrets, mode }) => secrets.length > 0 && mode !== '0600');
  expect(open).toEqual([]);
});

test('a server initialises those that it is first for, in order', () => {
  const steps = (topology: Topology, server: string): readonly string[] =>
    fileOf(topology, server, 'initialize')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('\t')[3] ?? '');
  expect(steps(meshed, 'one')).toEqual(['hub', 'two']);
  expect(steps(meshed, 'two')).toEqual([]);
  expect(steps(meshed, 'hub')).toEqual(['reader']);
  expect(steps(group, 'two')).toEqual(['four', 'one', 'three']);
});

test('plug-ins that are not asked for are off (R42)', () => {
  const of = (topology: Topology): unknown =>
    entries(topology, 'one')
      .filter((entry) => entry.get('dn')?.[0]?.includes('cn=plugins') && entry.has('nsslapd-pluginEnabled'))
      .map((entry) => entry.get('nsslapd-pluginEnabled')?.[0]);
  expect(of(meshed)).toEqual(['off', 'off']);
  const asked: Topology = {
    ...meshed,
    directoryServers: meshed.directoryServers.map((one) => ({ ...one, plugins: ['referential-integrity'] })),
  };
  expect(of(asked)).toEqual(['off', 'on']);
});

test('each attribute whose values are unique is looked after by a plug-in of its own (R40)', () => {
  const unique: Topology = {
    ...meshed,
    directoryServers: meshed.directoryServers.map((one) => ({
      ...one,
      plugins: ['attribute-uniqueness'],
      uniqueAttributes: ['employeeNumber', 'mail', 'uid'],
    })),
  };
  const plugins = entries(unique, 'one').filter((entry) => entry.has('uniqueness-attribute-name'));
  expect(plugins.map((entry) => [entry.get('dn'), entry.get('uniqueness-attribute-name')])).toEqual([
    [['cn=attribute uniqueness,cn=plugins,cn=config'], ['employeeNumber']],
    [['cn=uniqueness of mail,cn=plugins,cn=config'], ['mail']],
    [['cn=uniqueness of uid,cn=plugins,cn=config'], ['uid']],
  ]);
  expect(plugins.map((entry) => entry.get('nsslapd-pluginEnabled'))).toEqual([['on'], ['on'], ['on']]);
  expect(plugins.map((entry) => entry.get('uniqueness-subtrees'))).toEqual(plugins.map(() => ['dc=example,dc=com']));
});

test('a database link is a suffix below the one that it lies in, and its file says who keeps a copy (R43)', () => {
  const linked: Topology = {
    ...meshed,
    directoryServers: meshed.directoryServers.map((one) => ({
      ...one,
      databaseLinks: [{ suffix: 'ou=far,dc=example,dc=com', url: 'ldaps://far.example.com', backedUpBy: 'the stack' }],
    })),
  };
  const tree = entries(linked, 'one').find((entry) => entry.get('nsslapd-backend')?.[0] === 'link-1');
  expect(tree?.get('nsslapd-parent-suffix')).toEqual(['dc=example,dc=com']);
  expect(fileOf(linked, 'one', 'config.ldif')).toContain('# link-1: kept by the stack\n');
});

test('fails for the URL of a link that is none of a server', () => {
  const linked: Topology = {
    ...meshed,
    directoryServers: meshed.directoryServers.map((one) => ({
      ...one,
      databaseLinks: [{ suffix: 'ou=far,dc=example,dc=com', url: 'ldaps://far/ou=x' }],
    })),
  };
  expect(() => files(linked, 'hq/one-host')).toThrow(/format\/ds389: the URL of a database link .*ldaps:\/\/far\/ou=x/);
});

test('hosts of OpenLDAP get none of these files', () => {
  expect(files(directories(), 'hq/a-host')).toEqual([]);
});
