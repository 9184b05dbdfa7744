import { spawnSync } from 'node:child_process';
import { repairSplitBrain, type RepairRequest } from '../../../lib/operate/repair/split-brain';
import { saveCommand } from '../../../lib/operate/repair/save';
import { connectionOf, inStep } from '../../../lib/operate/repair/sides';
import { UnreachableError } from '../../../lib/operate/remote/remote';
import { FakePair } from '../fake-pair';

const repair = (pair: FakePair, more: Partial<RepairRequest> = {}): Promise<void> =>
  repairSplitBrain(pair.operation, pair.topology, { discard: 'ox2', show: false, timeout: 60, ...more });

/** ox1 runs the group, and every resource is split. */
function split(): FakePair {
  const pair = new FakePair();
  pair.disconnect('StandAlone', { ox1: 'UpToDate', ox2: 'UpToDate' });
  for (const volume of pair.nodes.ox2.volumes.values()) volume.outOfSync = 512;
  return pair.on(/journalctl/, () => ({
    stdout:
      '2026-11-22T19:42:35+0000 ox1 kernel: drbd ldap: Split-Brain detected but unresolved, dropping connection!\n',
  }));
}

/** DRBD does what it is told: the discarded side is resynchronised after a look. */
function obedient(pair: FakePair): FakePair {
  return pair.on(/^PATH[^\n]*\ndrbdadm connect '/, () => {
    for (const name of ['ox1', 'ox2'] as const)
      for (const volume of pair.nodes[name].volumes.values())
        Object.assign(volume, { connection: 'Connected', disk: 'UpToDate', peerDisk: 'UpToDate', peerRole: 'Primary' });
  });
}

const changing = (pair: FakePair): readonly string[] =>
  pair.commands.filter((command) => !command.includes('journalctl'));

describe('a repair of a split brain', () => {
  test('demotes and discards on the loser, then connects on the winner, for each resource', async () => {
    const pair = obedient(split());
    await repair(pair, { resource: 'ldap' });
    expect(changing(pair)).toEqual([
      "ox2: drbdadm secondary 'ldap'",
      "ox2: drbdadm disconnect 'ldap' 2>/dev/null; drbdadm connect --discard-my-data 'ldap'",
      "ox1: drbdadm connect 'ldap'",
      'ox2: drbdadm adjust ldap',
    ]);
    expect(pair.said.at(-1)).toBe('ldap: the same on both nodes again');
  });

  test('leaves a winner alone that waits for its peer', async () => {
    const pair = obedient(split());
    for (const volume of pair.nodes.ox1.volumes.values()) volume.connection = 'WFConnection';
    pair.on(/discard-my-data/, () => {
      for (const name of ['ox1', 'ox2'] as const)
        for (const volume of pair.nodes[name].volumes.values())
          Object.assign(volume, { connection: 'Connected', peerDisk: 'UpToDate' });
    });
    await repair(pair, { resource: 'ldap' });
    expect(changing(pair).filter((command) => command.startsWith('ox1'))).toEqual([]);
  });

  test('shows what each side has and asks for the name of the node that is discarded', async () => {
    const pair = split();
    pair.answer = 'yes';
    await expect(repair(pair)).rejects.toThrow('nothing was changed');
    expect(pair.said).toContainEqual('ldap: split brain found at 2026-11-22T19:42:35+0000');
    expect(pair.said).toContainEqual(
      expect.stringMatching(
        /^ {2}keep {5}ox1: StandAlone, Primary, UpToDate; up to 0 KiB .*in use on \/var\/lib\/ldap/,
      ),
    );
    expect(pair.said).toContainEqual(
      expect.stringMatching(
        /^ {2}discard {2}ox2: StandAlone, Secondary, UpToDate; up to 512 KiB changed here since; not in use/,
      ),
    );
    expect(pair.said.at(-1)).toBe('what only ox2 has is gone afterwards; --save DIRECTORY keeps a copy');
    expect(changing(pair)).toEqual([]);
  });

  test('changes nothing when it only shows', async () => {
    const pair = split();
    await repair(pair, { show: true });
    expect(pair.questions).toEqual([]);
    expect(changing(pair)).toEqual([]);
  });

  test('saves everything before it gives anything up', async () => {
    const pair = obedient(split()).on(/tandem-save/, () => ({ stdout: '/var/tmp/d/ldap.tar\n' }));
    await repair(pair, { save: '/var/tmp/d' });
    const commands = changing(pair);
    const saved = commands.flatMap((command, index) => (command.includes('tandem-save') ? [index] : []));
    expect(saved).toHaveLength(pair.topology.drbdResources.length);
    expect(Math.max(...saved)).toBeLessThan(commands.findIndex((command) => command.includes('discard-my-data')));
    expect(pair.said).toContainEqual('ox2: saved /var/tmp/d/ldap.tar');
  });

  test('gives nothing up when a copy can not be saved', async () => {
    const pair = split().on(/tandem-save/, () => ({ status: 1, stderr: '/var/tmp/d has no room\n' }));
    await expect(repair(pair, { save: '/var/tmp/d' })).rejects.toThrow(/has no room[\s\S]*next:/);
    expect(changing(pair).join()).not.toContain('discard-my-data');
  });

  test('tells where it stands when a node goes silent in the middle', async () => {
    const pair = split().on(/discard-my-data/, () => {
      throw new UnreachableError('ox2: no answer');
    });
    await expect(repair(pair, { resource: 'ldap' })).rejects.toThrow(
      /failed on ox2 with 255[\s\S]*ox2: no answer[\s\S]*next:/,
    );
  });

  test('stops heartbeat on the loser first where both nodes run the group, and starts it at the end', async () => {
    const pair = obedient(split());
    const { ox1, ox2 } = pair.nodes;
    for (const volume of ox2.volumes.values()) volume.role = 'Primary';
    for (const key of ['mounted', 'units', 'addresses'] as const) for (const one of ox1[key]) ox2[key].add(one);
    await repair(pair, { resource: 'ldap' });
    expect(changing(pair)[0]).toBe('ox2: systemctl stop heartbeat.service');
    expect(changing(pair).at(-1)).toBe('ox2: systemctl start --no-block heartbeat.service');
    expect(pair.said).toContainEqual(expect.stringContaining('both nodes run the group'));
  });

  test('does not wait for a resource that DRBD does not connect', async () => {
    await expect(repair(split(), { resource: 'ldap', timeout: 3600 })).rejects.toThrow(
      /DRBD gave up the connection of ldap again after 3\d s/,
    );
  });

  test('tells how far the resync is when the time is over', async () => {
    const pair = split();
    for (const volume of pair.nodes.ox2.volumes.values()) Object.assign(volume, { synced: '12.5' });
    await expect(repair(pair, { resource: 'ldap', timeout: 10 })).rejects.toThrow(
      /the resync is not at its end after 1\d s\n {2}ldap StandAlone UpToDate 12\.5 %/,
    );
  });
});

describe('a repair is refused', () => {
  test('when the side to discard is the one that runs the group', async () => {
    await expect(repair(split(), { discard: 'ox1' })).rejects.toThrow(
      /group groupware runs on ox1, the side to discard, and not on ox2: discard ox2/,
    );
  });

  test('when a node does not answer', async () => {
    const pair = split();
    pair.nodes.ox2.reached = false;
    await expect(repair(pair)).rejects.toThrow(/ox2 does not answer/);
  });

  test('when the side to keep is not whole', async () => {
    const pair = split();
    pair.nodes.ox1.volumes.get(0)!.disk = 'Inconsistent';
    await expect(repair(pair)).rejects.toThrow(/is not whole on ox1, the side to keep/);
  });

  test('when the resources only do not reach each other', async () => {
    const pair = new FakePair();
    pair.disconnect('WFConnection', { ox1: 'UpToDate', ox2: 'Outdated' });
    await expect(repair(pair)).rejects.toThrow(/ldap is not connected/);
    expect(pair.said).toContainEqual(expect.stringContaining('look at the replication link first'));
  });

  test('for a resource that is none', async () => {
    await expect(repair(split(), { resource: 'mail' })).rejects.toThrow(/no DRBD resource 'mail'/);
  });
});

test('nothing is to do when all resources are connected', async () => {
  const pair = new FakePair();
  await repair(pair);
  expect(pair.said.at(-1)).toBe('no resource is split; nothing to do');
  expect(changing(pair)).toEqual([]);
});

test('a resource in resynchronisation is joined and not in step', () => {
  const resource = new FakePair().topology.drbdResources[0]!;
  const volumes = new Map(
    resource.volumes.map((volume) => [
      volume.minor,
      {
        connection: 'SyncSource',
        role: 'Primary',
        peerRole: 'Secondary',
        disk: 'UpToDate',
        peerDisk: 'Inconsistent',
        outOfSync: 1,
      },
    ]),
  );
  const state = { volumes } as unknown as Parameters<typeof inStep>[1][number];
  expect(connectionOf(resource, [state])).toBe('joined');
  expect(inStep(resource, [state])).toBe(false);
});

test('what saves a copy is a shell script, reads the disk below DRBD and writes nothing to it', () => {
  const { topology } = new FakePair();
  const [resource] = topology.drbdResources.filter(({ name }) => name === 'ldap');
  const host = topology.hosts.find(({ name }) => name === 'ox2')!;
  const script = saveCommand(topology, resource!, host, "/var/tmp/it's", '20261122T194644Z');
  const checked = spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' });
  expect([checked.status, checked.stderr]).toEqual([0, '']);
  expect(script).toContain("save '/dev/sdb1' 'ext4' 'ldap-0-ox2-20261122T194644Z'");
  // Only there a journal that was not replayed stays as it is, and is not left out either.
  expect(script).toContain('losetup --find --show --read-only -- "$1"');
  expect(script).not.toContain('drbdadm primary');
});
