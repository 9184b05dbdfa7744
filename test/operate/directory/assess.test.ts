import { assessDirectories } from '../../../lib/operate/directory/status/assess';
import type { CopyLook } from '../../../lib/operate/directory/status/look';
import { directoryLines } from '../../../lib/operate/directory/status/text';
import { overall } from '../../../lib/operate/status/assess/finding';
import { coloured, uncoloured } from '../../../lib/operate/status/table';
import { failoverWithShadow, fourSuppliers } from '../../support/open-ldap-directories';

const topology = failoverWithShadow().topology();
const time = new Date('2026-11-27T21:00:00Z');
const part = { base: 'dc=example,dc=com' };
const csn = (second: number, serverId = 1): string =>
  `20261127205${Math.floor(second / 60)}${String(second % 60).padStart(2, '0')}.000000Z#000000#00${serverId}#000000`;

type Change = (name: string, look: CopyLook) => Partial<CopyLook>;

/** A group that works, as it is seen, with changes. */
const looks = (change: Change = () => ({}), of = topology): readonly CopyLook[] =>
  of.directoryServers.map(({ id, name }) => {
    const look: CopyLook = {
      directory: of.directories[0]?.id ?? '',
      server: id,
      name,
      database: {
        dn: 'olcDatabase={2}mdb,cn=config',
        readOnly: name !== 'one',
        closed: false,
        updateRefs: ['ldaps://one-host'],
        providers: name === 'four' ? ['ldaps://one-host'] : [],
      },
      context: [csn(100)],
      content: [{ part, entries: 5, digest: 'd' }],
      busy: false,
      schema: 's',
      certificateEnds: '2027-11-27T21:00:00Z',
      configuration: [],
    };
    return { ...look, ...change(name, look) };
  });

const judge = (change?: Change): ReturnType<typeof assessDirectories> =>
  assessDirectories(topology, looks(change), time);

const found = (change: Change): readonly string[] =>
  judge(change).findings.map(({ severity, id, hosts }) => `${severity} ${id} ${hosts.join()}`.trim());

const database = (look: CopyLook, more: Partial<NonNullable<CopyLook['database']>>): Partial<CopyLook> => ({
  database: { ...(look.database as NonNullable<CopyLook['database']>), ...more },
});

test('a group that works has no findings', () => {
  const { findings, directories } = judge();
  expect(findings).toEqual([]);
  expect(directories[0]?.copies.map(({ server, declared, now, content }) => [server, declared, now, content])).toEqual([
    ['one', 'master', 'master', 'reference'],
    ['three', 'mirror', 'mirror', 'equal'],
    ['two', 'mirror', 'mirror', 'equal'],
    ['four', 'consumer', 'consumer', 'equal'],
  ]);
});

test.each<[string, Change, readonly string[]]>([
  [
    'the master is lost',
    (name) => (name === 'one' ? { unreached: 'x', database: undefined, context: undefined, content: undefined } : {}),
    ['failed directory/no-writer', 'degraded directory/not-running one'],
  ],
  [
    'two take writes',
    (name, look) => (name === 'two' ? database(look, { readOnly: false, updateRefs: ['ldaps://two-host'] }) : {}),
    ['failed directory/two-masters one,two'],
  ],
  [
    'a master has returned',
    (name, look) =>
      database(look, {
        readOnly: name !== 'two',
        closed: name === 'one',
        updateRefs: [`ldaps://${name === 'one' ? 'one' : 'two'}-host`],
        providers: ['ldaps://two-host'],
      }),
    ['degraded directory/returned-master one'],
  ],
  [
    'a mirror names another master, and a consumer reads from another one',
    (name, look) =>
      name === 'three'
        ? database(look, { updateRefs: ['ldaps://two-host'] })
        : name === 'four'
          ? database(look, { providers: ['ldaps://two-host'] })
          : {},
    ['degraded directory/names-another three', 'degraded directory/follows-another four'],
  ],
  [
    'a mirror is closed',
    (name, look) => (name === 'two' ? { ...database(look, { closed: true }), context: undefined } : {}),
    ['degraded directory/closed two'],
  ],
  ['a copy is late', (name) => (name === 'two' ? { context: [csn(20)] } : {}), ['degraded directory/behind two']],
  ['a copy is a little late', (name) => (name === 'two' ? { context: [csn(90)] } : {}), []],
  [
    'equal contexts, and other content',
    (name) => (name === 'two' ? { content: [{ part, entries: 4, digest: 'e' }] } : {}),
    ['failed directory/content two'],
  ],
  [
    'other content of a copy that changes meanwhile',
    (name) => (name === 'two' ? { content: [{ part, entries: 4, digest: 'e' }], busy: true } : {}),
    [],
  ],
  [
    'a certificate ends',
    (name) => (name === 'two' ? { certificateEnds: '2026-12-03T00:00:00Z' } : {}),
    ['degraded directory/certificate two'],
  ],
  [
    'another configuration and another schema',
    (name) =>
      name === 'two'
        ? { schema: 't', configuration: [{ dn: 'cn=config', attribute: 'olcloglevel', is: 'different' }] }
        : {},
    ['degraded directory/configuration two', 'degraded directory/schema two'],
  ],
  [
    'nobody has given a password',
    () => ({ unknownTo: 'secret x has no value', content: undefined, configuration: undefined }),
    ['one', 'three', 'two', 'four'].map((name) => `unknown directory/not-asked ${name}`),
  ],
])('%s', (_name, change, expected) => {
  expect(found(change)).toEqual(expected);
});

test('what was seen without a password is well, and counts as unknown', () => {
  const change: Change = () => ({ unknownTo: 'x', content: undefined, configuration: undefined });
  expect(overall(judge(change).findings)).toBe('unknown');
});

test('a server that does not run is red, one whose configuration is wrong orange, and the heading of a group that fails red (F24)', () => {
  const lines = (change: Change): readonly string[] => {
    const { directories, findings } = judge(change);
    return directories.flatMap((directory) => directoryLines(directory, findings, coloured));
  };
  const lost = lines((name) => (name === 'one' ? { unreached: 'x', database: undefined } : {}));
  expect(lost[0]).toBe('\u001b[1;31mDIRECTORY people (dc=example,dc=com)\u001b[0m');
  expect(lost[2]?.startsWith(coloured('one', 'bad'))).toBe(true);
  expect(lost[2]).toContain(coloured('not running', 'bad'));
  const wrong = lines((name) =>
    name === 'two' ? { configuration: [{ dn: 'cn=config', attribute: 'x', is: 'missing' }] } : {},
  );
  expect(wrong[0]).toBe('DIRECTORY people (dc=example,dc=com)');
  expect(wrong[4]?.startsWith(coloured('two', 'warning'))).toBe(true);
  expect(wrong[4]?.endsWith(coloured('1 differ', 'warning'))).toBe(true);
});

test('the table says how far a copy is behind, by server id', () => {
  const { directories, findings } = judge((name) =>
    name === 'two' ? { context: [csn(98)], changesBehind: 7, content: undefined } : {},
  );
  const text = directories.flatMap((directory) => directoryLines(directory, findings, uncoloured));
  expect(text[4]).toBe(
    'two     mirror    mirror    no      2.0 s of id 1, 7 changes  not read   -        s       365 d        as rendered',
  );
});

test('suppliers of a multi-master group take writes together (F2)', () => {
  const mesh = fourSuppliers('mesh').topology();
  const all = looks((_name, look) => database(look, { readOnly: false, updateRefs: [] }), mesh);
  const { findings, directories } = assessDirectories(mesh, all, time);
  expect(findings).toEqual([]);
  expect(directories[0]?.copies.map(({ now }) => now)).toEqual(['supplier', 'supplier', 'supplier', 'supplier']);
  const minority = looks((name, look) => database(look, { readOnly: name === 'four', updateRefs: [] }), mesh);
  expect(assessDirectories(mesh, minority, time).findings.map(({ id }) => id)).toEqual(['directory/read-only']);
});
