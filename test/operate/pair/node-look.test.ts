import { changes } from '../../../lib/operate/pair/changes';
import { historyOf } from '../../../lib/operate/pair/drbd-history';
import { groupState, groupText } from '../../../lib/operate/pair/group-state';
import { lookAt, type NodeState } from '../../../lib/operate/pair/node-look';
import { parseProcDrbd } from '../../../lib/operate/pair/proc-drbd';
import { handOverLimit } from '../../../lib/operate/pair/time-limit';
import { lookup } from '../../../lib/topology/lookup';
import { FakePair } from '../fake-pair';

const PROC_DRBD = `version: 8.4.11 (api:1/proto:86-101)
srcversion: 059B1B470318F053F5077D5
 0: cs:SyncTarget ro:Secondary/Primary ds:Inconsistent/UpToDate C r-----
    ns:0 nr:11800 dw:11800 dr:0 al:0 bm:0 lo:0 pe:0 ua:0 ap:0 ep:1 wo:f oos:12776
\t[========>...........] sync'ed: 47.5% (12776/24576)K
\tfinish: 0:00:01 speed: 11,800 (11,800) K/sec
 1: cs:StandAlone ro:Primary/Unknown ds:UpToDate/Outdated   r-----
    ns:0 nr:0 dw:0 dr:0 al:0 bm:0 lo:0 pe:0 ua:0 ap:0 ep:1 wo:f oos:84
 2: cs:Unconfigured
`;

test('/proc/drbd is read: connection, roles, disks, what is out of sync and how far a resync is', () => {
  const volumes = parseProcDrbd(PROC_DRBD);
  expect(volumes.get(0)).toEqual({
    connection: 'SyncTarget',
    role: 'Secondary',
    peerRole: 'Primary',
    disk: 'Inconsistent',
    peerDisk: 'UpToDate',
    outOfSync: 12776,
    synced: 47.5,
  });
  expect(volumes.get(1)).toMatchObject({ connection: 'StandAlone', peerRole: 'Unknown', outOfSync: 84 });
  expect(volumes.has(2)).toBe(false);
});

describe('a look at a node', () => {
  const look = async (pair: FakePair, name: string): ReturnType<typeof lookAt> => {
    const cluster = pair.topology.clusters[0]!;
    const host = pair.topology.hosts.find((one) => one.name === name)!;
    return lookAt(pair.operation, pair.topology, cluster, host);
  };
  const group = new FakePair().topology.clusters[0]!.groups[0]!;

  test('sees a group run where every member is, and nothing of it on the other node', async () => {
    const pair = new FakePair();
    const [here, there] = [await look(pair, 'ox1'), await look(pair, 'ox2')];
    expect(groupState(pair.topology, group, here as NodeState & typeof here).is).toBe('running');
    expect(groupState(pair.topology, group, there as NodeState & typeof there).is).toBe('stopped');
  });

  test('names what runs and what does not of a group that runs partly', async () => {
    const pair = new FakePair();
    pair.nodes.ox1.mounted.delete('/var/lib/ldap');
    const state = (await look(pair, 'ox1')) as NodeState & { reached: true };
    expect(groupText(pair.topology, group, state)).toMatch(/runs partly: .*; not: \/var\/lib\/ldap is mounted$/);
  });

  test('takes a service alone for no sign of the group', async () => {
    const pair = new FakePair();
    pair.nodes.ox2.units.add('saslauthd.service');
    const state = (await look(pair, 'ox2')) as NodeState & { reached: true };
    expect(groupState(pair.topology, group, state).is).toBe('stopped');
  });

  test('says of a node that does not answer why', async () => {
    const pair = new FakePair();
    pair.nodes.ox1.reached = false;
    expect(await look(pair, 'ox1')).toMatchObject({ reached: false, reason: expect.stringContaining('not reached') });
  });

  test('does not trust a look that was cut off', async () => {
    const pair = new FakePair();
    const host = pair.topology.hosts[0]!;
    const remote = {
      run: async () => ({ status: 0, stdout: 'heartbeat active\n', stderr: '' }),
      close: async () => {},
    };
    const seen = await lookAt({ remote }, pair.topology, pair.topology.clusters[0]!, host);
    expect(seen).toMatchObject({ reached: false });
  });

  test('shows what changed between two looks', async () => {
    const pair = new FakePair();
    const before = await look(pair, 'ox1');
    pair.nodes.ox1.mounted.delete('/var/spool/mta');
    pair.nodes.ox1.units.delete('postfix.service');
    const after = await look(pair, 'ox1');
    expect(changes(pair.topology, [group], before, after)).toEqual([
      '/var/spool/mta is unmounted',
      'postfix is stopped',
    ]);
    expect(changes(pair.topology, [group], after, after)).toEqual([]);
  });

  test('has a limit that grows with the members of a group', () => {
    const members = lookup(new FakePair().topology).servicesOf(group).length;
    expect(handOverLimit([group])).toBeGreaterThan(60 + members * 60);
  });
});

describe('the kernel log', () => {
  const [resource] = new FakePair().topology.drbdResources.filter(({ name }) => name === 'ldap');
  const minor = resource!.volumes[0]!.minor;
  const log = [
    '2026-11-22T19:27:52+0000 ox1 kernel: drbd ldap: conn( Connected -> NetworkFailure ) pdsk( UpToDate -> DUnknown )',
    '2026-11-22T19:28:00+0000 ox1 kernel: drbd ldap: conn( WFReportParams -> Connected )',
    `2026-11-22T19:30:00+0000 ox1 kernel: block drbd${minor}: role( Secondary -> Primary )`,
    '2026-11-22T19:39:59+0000 ox1 kernel: drbd ldap: peer( Primary -> Unknown ) conn( Connected -> NetworkFailure ) ',
    `2026-11-22T19:40:01+0000 ox1 kernel: block drbd${minor}: disk( UpToDate -> Outdated ) `,
    `2026-11-22T19:40:31+0000 ox1 kernel: block drbd${minor}: role( Secondary -> Primary ) `,
    '2026-11-22T19:41:00+0000 ox1 kernel: drbd ldap-two: conn( Connected -> Timeout )',
    `2026-11-22T19:42:35+0000 ox1 kernel: block drbd${minor}: Split-Brain detected but unresolved, dropping connection!`,
  ].join('\n');

  test('tells when a resource was connected for the last time and what became of it since', () => {
    expect(historyOf(resource!, log)).toEqual({
      disconnected: '2026-11-22T19:39:59+0000',
      outdated: '2026-11-22T19:40:01+0000',
      split: '2026-11-22T19:42:35+0000',
      roles: ['Primary at 2026-11-22T19:40:31+0000'],
    });
  });

  test('tells nothing of a resource that it does not name', () => {
    expect(historyOf(resource!, 'nothing')).toEqual({ roles: [] });
  });
});
