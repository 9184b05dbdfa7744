import { assessDirectories } from '../../../lib/operate/directory/status/assess';
import { lookAtDumps, type DumpLook } from '../../../lib/operate/directory/status/dumps';
import { directoryLines } from '../../../lib/operate/directory/status/text';
import { UnreachableError, type Remote } from '../../../lib/operate/remote/remote';
import { uncoloured } from '../../../lib/operate/status/table';
import { failoverWithShadow } from '../../support/open-ldap-directories';

const topology = failoverWithShadow().topology();
const [backup] = topology.directoryBackups;
const time = new Date('2026-11-27T21:00:00Z');

const remote = (run: () => Promise<string>): Remote => ({
  run: async () => ({ status: 0, stdout: await run(), stderr: '' }),
  close: () => Promise.resolve(),
});

const judge = (look: Omit<DumpLook, 'backup'>): readonly string[] => {
  const { directories, findings } = assessDirectories(topology, [], time, [{ backup: backup?.id ?? '', ...look }]);
  const [status] = directories;
  const lines = status ? directoryLines(status, findings, uncoloured) : [];
  return [
    ...findings
      .filter(({ id }) => id.endsWith('-dump'))
      .map(({ severity, id, hosts }) => `${severity} ${id} ${hosts.join()}`),
    ...lines.filter((line) => line.startsWith('last dump')),
  ];
};

test('the last of the dumps on the host of its server counts, and files of others do not (R27, X13)', async () => {
  const listing = [
    '900 people-dump-20261127T190000Z.ldif.gz',
    '901 people-dump-20261127T200000Z.ldif.gz',
    '1 people-dump-20261127T203000Z.sql.gz',
    '1 other-people-dump-20261127T203000Z.ldif.gz',
  ];
  expect(
    await lookAtDumps(
      topology,
      remote(() => Promise.resolve(`${listing.join('\n')}\n`)),
    ),
  ).toEqual([{ backup: backup?.id, last: '2026-11-27T20:00:00.000Z' }]);
  expect(
    await lookAtDumps(
      topology,
      remote(() => Promise.resolve('')),
    ),
  ).toEqual([{ backup: backup?.id }]);
});

test('a host that ssh does not reach has dumps of which nothing is known', async () => {
  const away = remote(() => Promise.reject(new UnreachableError('two-host: no route')));
  expect(await lookAtDumps(topology, away)).toEqual([{ backup: backup?.id, unknown: 'two-host: no route' }]);
});

test.each<[string, Omit<DumpLook, 'backup'>, readonly string[]]>([
  ['on time', { last: '2026-11-27T19:01:00Z' }, ['last dump dump on two: 1 h 59 min ago']],
  [
    'two were missed',
    { last: '2026-11-27T18:59:00Z' },
    ['degraded directory/old-dump two', 'last dump dump on two: 2 h 1 min ago'],
  ],
  ['there is none', {}, ['degraded directory/no-dump two', 'last dump dump on two: none yet']],
  ['nobody could look', { unknown: 'no route' }, ['last dump dump on two: not known (no route)']],
])('dumps: %s', (_case, look, expected) => {
  expect(judge(look)).toEqual(expected);
});
