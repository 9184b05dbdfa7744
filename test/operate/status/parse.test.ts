import { parseProcDrbd } from '../../../lib/operate/status/parse/drbd-8';
import { parseDrbdsetupStatus } from '../../../lib/operate/status/parse/drbd-9';
import { parseNodeState } from '../../../lib/operate/status/parse/node-state';
import { questionsFor } from '../../../lib/operate/status/questions';
import { readSections } from '../../../lib/operate/status/sections';
import { pair, recorded, stateOf } from './recorded';

describe('/proc/drbd', () => {
  test('of 8.4 gives roles, disks and connection of each volume under the name of its resource', () => {
    const state = stateOf(recorded('healthy'), 'ox1');
    expect(state.drbdVersion).toBe('8.4.11');
    expect(Object.keys(state.volumes)).toHaveLength(6);
    expect(state.volumes['ldap/0']).toEqual({
      minor: 0,
      role: 'Primary',
      disk: 'UpToDate',
      peers: [
        { peer: 'ox2', connection: 'Connected', role: 'Secondary', disk: 'UpToDate', outOfSync: 0, resync: undefined },
      ],
    });
  });

  test('of 8.4 gives the progress of a resynchronisation, and none of one that waits', () => {
    const { volumes } = stateOf(recorded('resync'), 'ox1');
    expect(volumes['database/0']?.peers[0]).toMatchObject({
      connection: 'SyncSource',
      disk: 'Inconsistent',
      outOfSync: 133_460,
      resync: { done: 20, finish: 35, speed: 3792 },
    });
    expect(volumes['queue/0']?.peers[0]).toMatchObject({ connection: 'PausedSyncS', outOfSync: 163_796 });
    expect(volumes['queue/0']?.peers[0]?.resync).toBeUndefined();
  });

  test('of 8.4 gives both disks when the peer is gone', () => {
    const { volumes } = stateOf(recorded('claimed'), 'ox2');
    expect(volumes['ldap/0']).toMatchObject({
      disk: 'UpToDate',
      peers: [{ connection: 'WFConnection', disk: 'Outdated' }],
    });
    expect(volumes['database/0']).toMatchObject({ disk: 'Outdated', peers: [{ disk: 'DUnknown' }] });
  });

  test('of 8.4 says that writes are suspended, with a protocol and where a lost connection leaves none', () => {
    const line = (connection: string, rest: string): string =>
      `version: 8.4.11 (api:1/proto:86-101)\n\n 0: cs:${connection} ro:Primary/Unknown ds:UpToDate/DUnknown ${rest}\n    ns:0 oos:0\n`;
    for (const protocol of ['C', ' ']) {
      const connection = protocol === ' ' ? 'StandAlone' : 'WFConnection';
      expect(parseProcDrbd(line(connection, `${protocol} s-----`)).volumes.get(0)?.suspended).toBe(true);
      expect(parseProcDrbd(line(connection, `${protocol} r-----`)).volumes.get(0)).not.toHaveProperty('suspended');
    }
  });

  test('of 0.7 has other words for the same', () => {
    // As drbd-0.7 documents it; there is no such kernel to record it from.
    const { version, volumes } = parseProcDrbd(`version: 0.7.25 (api:79/proto:74)
SVN Revision: 3154 build by root@ox1, 2008-02-19 11:04:01
 0: cs:Connected st:Primary/Secondary ld:Consistent
    ns:83692 nr:0 dw:83692 dr:5037 al:15 bm:0 lo:0 pe:0 ua:0 ap:0
 1: cs:Unconfigured
`);
    expect(version).toBe('0.7.25');
    expect([...volumes.keys()]).toEqual([0]);
    expect(volumes.get(0)).toMatchObject({
      role: 'Primary',
      disk: 'UpToDate',
      peers: [{ role: 'Secondary', connection: 'Connected' }],
    });
  });

  test.each(['', 'version: 8.4.11 (api:1/proto:86-101)\n', 'garbage'])('without volumes gives none: %j', (text) => {
    expect(parseProcDrbd(text).volumes.size).toBe(0);
  });
});

describe('drbdsetup status --json of DRBD 9', () => {
  // The fields as drbd-utils 9 prints them; shortened.
  const resource = (connection: object, device: object): string =>
    JSON.stringify([
      {
        name: 'ldap',
        'node-id': 1,
        role: 'Primary',
        devices: [{ volume: 0, minor: 2, 'disk-state': 'UpToDate', client: false, quorum: true }],
        connections: [
          {
            'peer-node-id': 2,
            name: 'ox2',
            'connection-state': 'Connected',
            'peer-role': 'Secondary',
            ...connection,
            peer_devices: [
              {
                volume: 0,
                'replication-state': 'Established',
                'peer-disk-state': 'UpToDate',
                'out-of-sync': 0,
                'percent-in-sync': 100,
                ...device,
              },
            ],
          },
        ],
      },
    ]);

  test('gives volumes by name, with the peer', () => {
    expect(parseDrbdsetupStatus(resource({}, {})).get('ldap/0')).toEqual({
      minor: 2,
      role: 'Primary',
      disk: 'UpToDate',
      peers: [
        { peer: 'ox2', connection: 'Connected', role: 'Secondary', disk: 'UpToDate', outOfSync: 0, resync: undefined },
      ],
    });
  });

  test('gives a resynchronisation in the words of 8.4', () => {
    const text = resource({}, { 'replication-state': 'SyncSource', 'out-of-sync': 4096, 'percent-in-sync': 63.05 });
    expect(parseDrbdsetupStatus(text).get('ldap/0')?.peers[0]).toMatchObject({
      connection: 'SyncSource',
      outOfSync: 4096,
      resync: { done: 63.05 },
    });
  });

  test('gives a lost connection', () => {
    const text = resource(
      { 'connection-state': 'StandAlone' },
      { 'replication-state': 'Off', 'peer-disk-state': 'DUnknown' },
    );
    expect(parseDrbdsetupStatus(text).get('ldap/0')?.peers[0]).toMatchObject({
      connection: 'StandAlone',
      disk: 'DUnknown',
    });
  });

  test.each(['', '{}', 'status: unrecognized option'])(
    'is not there where the program has no such output: %j',
    (text) => {
      expect(parseDrbdsetupStatus(text).size).toBe(0);
    },
  );
});

test('heartbeat says what it claims, whom it sees and over which paths', () => {
  expect(stateOf(recorded('healthy'), 'ox2').heartbeat).toEqual({
    unit: 'active',
    resources: 'local',
    nodes: { ox1: 'active', ox2: 'active' },
    links: { eth0: 'up', eth1: 'up', '/dev/ttyS0': 'up' },
  });
  expect(stateOf(recorded('claimed'), 'ox2').heartbeat).toMatchObject({ resources: 'all', nodes: { ox1: 'dead' } });
});

test('mounts, addresses, units, dumps and room are read', () => {
  const state = stateOf(recorded('healthy'), 'ox1');
  expect(state.mounts).toContainEqual({ device: '/dev/drbd4', directory: '/var/spool/mta' });
  expect(state.addresses).toContain('192.168.1.160');
  expect(state.units).toMatchObject({ 'slapd.service': 'active', 'tandem-backup-directory-dump.service': 'failed' });
  expect(state.backups.map(({ name, age }) => [name, age === undefined])).toEqual([
    ['database-dump', false],
    ['directory-dump', true],
  ]);
  expect(state.space).toContainEqual({ directory: '/var/lib/ldap', size: 151_413_760, available: 139_642_880 });
});

test('the age of a dump is that of its name by the clock of its host', () => {
  const { backups } = stateOf(recorded('claimed'), 'ox2');
  // 20:00:15 after 19:30:02.
  expect(backups.find(({ name }) => name === 'database-dump')?.age).toBeCloseTo(1813.2, 1);
});

test('the clock lies between question and answer', () => {
  const [host] = pair.hosts;
  if (!host) throw new Error('no host');
  const sections = readSections(
    '== tandem clock\n1000.5\n== tandem chrony\nC0A80101,192.168.1.1,3,999.0,-0.000021,0.1,0.1,1,1,1,0.01,0.001,64.5,Normal\n',
  );
  const { clock } = parseNodeState(pair, host, questionsFor(pair, host), sections, { asked: 1000, answered: 1000.4 });
  expect(clock.offset).toBeCloseTo(0.3);
  expect(clock.uncertainty).toBeCloseTo(0.2);
  expect(clock.chrony).toEqual({ synchronised: true, offset: -0.000021 });
});

test('a host says its name', () => {
  const [host] = pair.hosts;
  if (!host) throw new Error('no host');
  const sections = readSections('== tandem proc\n/proc/sys/kernel/hostname:ox1\n/proc/uptime:12.5 3.0\n');
  const state = parseNodeState(pair, host, questionsFor(pair, host), sections, { asked: 0, answered: 0 });
  expect([state.hostname, state.uptime]).toEqual(['ox1', 12.5]);
});

test('a directory with a space is read as mount(8) means it', () => {
  const [host] = pair.hosts;
  if (!host) throw new Error('no host');
  const sections = readSections('== tandem proc\n/proc/mounts:/dev/sdc1 /srv/a\\040b ext4 rw 0 0\n');
  const { mounts } = parseNodeState(pair, host, questionsFor(pair, host), sections, { asked: 0, answered: 0 });
  expect(mounts).toEqual([{ device: '/dev/sdc1', directory: '/srv/a b' }]);
});

test('output is cut at its heads, and one that was cut off has no end', () => {
  const sections = readSections('== tandem a\n1\n2\n== tandem b\n== tandem c\nx == tandem d\n');
  expect([...sections]).toEqual([
    ['a', '1\n2'],
    ['b', ''],
    ['c', 'x == tandem d\n'],
  ]);
  expect(sections.has('end')).toBe(false);
});
