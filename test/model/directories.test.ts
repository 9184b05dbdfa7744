import {
  Consumer,
  Deployment,
  Directory,
  DirectoryServer,
  Duration,
  FailoverGroup,
  Host,
  MultiMasterGroup,
  Network,
  type ReplicationOptions,
  Site,
  UpdateMode,
  WindowsSync,
  ds389,
} from '../../lib/index';
import { limitsOf } from '../../lib/topology/engine-limits';
import { printTopology, readTopology } from '../../lib/topology/read';
import type { ReplicationAgreementFacts } from '../../lib/topology/replication';
import { directories } from '../support/directories';

const d = (): { deployment: Deployment; server: (name: string) => DirectoryServer } => {
  const deployment = new Deployment(undefined, 'd');
  const site = new Site(deployment, 'site');
  const lan = new Network(site, 'lan', { cidr: '192.0.2.0/24' });
  let last = 10;
  return {
    deployment,
    server: (name) => {
      const host = new Host(site, `${name}-host`, { interfaces: { eth0: lan.address(`192.0.2.${(last += 1)}`) } });
      return new DirectoryServer(deployment, name, { host, engine: ds389() });
    },
  };
};

/** The agreement of a consumer with options. */
function agreement(options: ReplicationOptions): ReplicationAgreementFacts {
  const { deployment, server } = d();
  const directory = new Directory(deployment, 'people', { suffix: 'dc=example,dc=com' });
  const group = new MultiMasterGroup(directory, 'group', { suppliers: [server('one')] });
  new Consumer(directory, 'shadow', { server: server('two'), from: group, ...options });
  return deployment.topology().replicationAgreements[0]!;
}

describe('a group of suppliers', () => {
  const agreements = (topology: 'mesh' | 'ring' | 'explicit', size: number): string[] => {
    const { deployment, server } = d();
    const directory = new Directory(deployment, 'people', { suffix: 'dc=example,dc=com' });
    const suppliers = Array.from({ length: size }, (_, index) => server(String(index + 1)));
    new MultiMasterGroup(directory, 'group', { suppliers, topology });
    return deployment.topology().replicationAgreements.map(({ id }) => id.replace('people/group/', ''));
  };

  test('of four has 12 agreements as a mesh and 8 as a ring (R13)', () => {
    expect(agreements('mesh', 4)).toHaveLength(12);
    expect(agreements('ring', 4)).toEqual([
      '1 to 2',
      '1 to 4',
      '2 to 1',
      '2 to 3',
      '3 to 2',
      '3 to 4',
      '4 to 1',
      '4 to 3',
    ]);
    expect(agreements('explicit', 4)).toEqual([]);
  });

  test('of two or three is the same as a mesh and as a ring', () => {
    for (const size of [2, 3]) expect(agreements('ring', size)).toEqual(agreements('mesh', size));
  });

  test('has ids from 1 on, and a consumer 65535', () => {
    const { replicas } = directories();
    expect(replicas.flatMap(({ replicaId }) => replicaId ?? [])).toEqual([65_535, 1, 2, 3]);
  });
});

describe('an agreement', () => {
  test('has the defaults of X.525, and authenticates by certificate (F20)', () => {
    expect(agreement({})).toMatchObject({
      ...{ supplier: { kind: 'server', server: 'one' }, consumer: 'two', identifier: 1, version: 1 },
      ...{ area: { base: 'dc=example,dc=com', exclusions: [] }, attributes: { kind: 'all' } },
      ...{
        updateMode: { initiator: 'supplier', when: 'on-change' },
        authentication: 'strong',
        secondaryShadows: false,
      },
    });
  });

  test('has windows of the week in minutes (R9)', () => {
    const updateMode = UpdateMode.during([{ from: '01:00', to: '24:00', on: ['monday', 'sunday'] }]);
    expect(agreement({ updateMode }).updateMode).toEqual({
      ...{ initiator: 'supplier', when: 'windows', windows: [{ weekdays: [0, 1], from: 60, to: 1440 }] },
    });
  });

  test('leaves attributes out, each once (R21)', () => {
    expect(agreement({ excludedAttributes: ['jpegPhoto', 'audio', 'audio'] }).attributes).toEqual({
      kind: 'exclude',
      attributes: ['audio', 'jpegPhoto'],
    });
  });

  test('asks for knowledge and contexts only where it is said to (X.525)', () => {
    expect(agreement({})).not.toHaveProperty('knowledge');
    expect(agreement({})).not.toHaveProperty('contextSelection');
    expect(agreement({ knowledge: { kind: 'both' }, contextSelection: ['2.5.31.1', '2.5.31.0'] })).toMatchObject({
      knowledge: { kind: 'both', extended: false },
      contextSelection: ['2.5.31.0', '2.5.31.1'],
    });
  });

  test.each<[string, ReplicationOptions, string]>([
    ['knowledge of an unknown kind', { knowledge: { kind: 'all' as never } }, 'value/choice'],
    ['a context that is no object identifier', { contextSelection: ['language'] }, 'value/object-identifier'],
    ['no context', { contextSelection: [] }, 'value/object-identifier'],
    ['a name that is no attribute', { excludedAttributes: ['tele phone'] }, 'value/attribute-type'],
    ['both lists', { excludedAttributes: ['a'], includedAttributes: ['b'] }, 'value/attribute-selection'],
    ['an empty list', { includedAttributes: [] }, 'value/attribute-selection'],
    ['a base that is no name', { area: { base: 'example.com' } }, 'value/distinguished-name'],
    ['a filter with a parenthesis too few', { area: { filter: '(&(uid=*)(cn=*)' } }, 'value/filter'],
    ['a filter without parentheses', { area: { filter: 'uid=*' } }, 'value/filter'],
    ['a time without a zone', { validFrom: '2027-01-01T00:00:00' }, 'value/time'],
    ['a time that is none', { validFrom: '2027-13-01T00:00:00Z' }, 'value/time'],
    [
      'an end before the beginning',
      { validFrom: '2027-01-02T00:00:00Z', validUntil: '2027-01-01T00:00:00Z' },
      'value/time',
    ],
  ])('fails for %s', (_, options, rule) => {
    expect(() => agreement(options)).toThrow(rule);
  });
});

test.each<[string, () => UpdateMode]>([
  ['a window that ends the next day', () => UpdateMode.during([{ from: '22:00', to: '06:00' }])],
  ['a window outside a day', () => UpdateMode.during([{ from: '22:00', to: '24:30' }])],
  ['a day that is none', () => UpdateMode.during([{ from: '01:00', to: '02:00', on: ['someday' as never] }])],
  ['no window', () => UpdateMode.during([])],
  ['a window longer than its interval', () => UpdateMode.every(Duration.minutes(5), Duration.minutes(6))],
])('a schedule fails for %s', (_, make) => {
  expect(make).toThrow('window');
});

describe('a directory', () => {
  test('keeps its facts through topology.json, which did not always have any', async () => {
    const topology = directories();
    expect(await readTopology(printTopology(topology))).toEqual(topology);
    const old = JSON.stringify({ ...topology, directories: undefined });
    expect((await readTopology(old)).directories).toEqual([]);
  });

  test('feeds consumers of a failover group by whoever is master (F18)', () => {
    const { replicationAgreements } = directories();
    expect(
      replicationAgreements.filter(({ supplier }) => supplier.kind === 'group').map(({ consumer }) => consumer),
    ).toEqual(['b', 'c', 'h']);
  });

  test('has the look-ups of the document by default (R19, R30, R34, R35), and refuses what makes no sense', () => {
    const { deployment } = d();
    const load = { entries: 1000 };
    new Directory(deployment, 'a', { suffix: 'dc=a', load: { ...load, reads: { users: 100 } } });
    const wrong = [
      { users: -1 },
      { users: 1, peakFactor: 0.5 },
      { users: 1, window: Duration.minutes(1) },
      { users: 1, serverAvailability: 1 },
    ];
    for (const [index, reads] of wrong.entries())
      expect(
        () =>
          new Directory(deployment, `wrong-${index}`, {
            suffix: 'dc=b',
            load: { ...load, reads },
          }),
      ).toThrow('value/number: load: ');
    expect(deployment.topology().directories.find(({ id }) => id === 'a')?.load?.reads).toEqual({
      ...{ users: 100, lookupsPerUser: 10, mails: 0, lookupsPerMail: 5 },
      ...{ window: 43_200_000, peakFactor: 1, readsPerServer: 500 },
    });
  });

  test('fails for a member that is none', () => {
    const { deployment, server } = d();
    const directory = new Directory(deployment, 'people', { suffix: 'dc=example,dc=com' });
    const [one, two, three] = [server('one'), server('two'), server('three')];
    expect(() => new FailoverGroup(directory, 'a', { master: one, mirrors: [two], retiring: [three] })).toThrow(
      '[d/people/a] directory/member: retiring: this server is no member ("three")',
    );
    expect(() => new MultiMasterGroup(directory, 'b', { suppliers: [one, two], preferredWriter: three })).toThrow(
      '[d/people/b] directory/member',
    );
  });

  test('fails for a suffix and definitions that are none, naming construct and value', () => {
    const { deployment } = d();
    expect(() => new Directory(deployment, 'a', { suffix: 'example.com' })).toThrow(
      /^\[d\/a\] value\/distinguished-name: suffix: .*"example\.com"/,
    );
    expect(
      () =>
        new Directory(deployment, 'b', { suffix: 'dc=example', schemaFiles: { own: ['attributeTypes: nonsense'] } }),
    ).toThrow(/^\[d\/b\] ldap\/schema: schemaFiles: /);
  });
});

test('a synchronisation with Windows has the whole directory and LDAP over TLS by default (R49)', () => {
  const { deployment, server } = d();
  const directory = new Directory(deployment, 'people', { suffix: 'dc=example,dc=com' });
  const props = {
    server: server('one'),
    domainController: 'dc1.corp.example.com',
    windowsDomain: 'corp.example.com',
    windowsSubtree: 'cn=Users,dc=corp,dc=example,dc=com',
  };
  new WindowsSync(directory, 'windows', props);
  expect(deployment.topology().windowsSyncs).toEqual([
    {
      ...{ id: 'people/windows', path: 'd/people/windows', name: 'windows', directory: 'people' },
      ...{ ...props, server: 'one', port: 636, directorySubtree: 'dc=example,dc=com' },
    },
  ]);
});

test('a synchronisation with Windows fails for a subtree that is no name', () => {
  const { deployment, server } = d();
  const directory = new Directory(deployment, 'people', { suffix: 'dc=example,dc=com' });
  const props = { server: server('one'), domainController: 'dc1', windowsDomain: 'corp', windowsSubtree: 'Users' };
  expect(() => new WindowsSync(directory, 'bad', props)).toThrow(
    '[d/people/bad] value/distinguished-name: windowsSubtree: ',
  );
});

test.each([
  ['ds389', '1.2', 4],
  ['ds389', '1.3', 20],
  ['ds389', '1.10', 20],
  ['ds389', '2.3', 20],
  ['openldap', '2.5', 999],
] as const)('%s %s knows %i suppliers (R15)', (engine, version, suppliers) => {
  expect(limitsOf(engine, version)?.suppliers).toBe(suppliers);
});

test('nothing is known of versions that are older than all', () => {
  expect(limitsOf('ds389', '0.9')).toBeUndefined();
});
