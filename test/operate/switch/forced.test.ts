import { forcedSwitch, type ForcedRequest } from '../../../lib/operate/switch/forced';
import { fenceCommand, fencingDeviceOf } from '../../../lib/operate/switch/fence';
import { pairOf } from '../../../lib/operate/pair/pair';
import { FORCE_FILE } from '../../../lib/topology/force-file';
import { FakePair } from '../fake-pair';

const force = (pair: FakePair, more: Partial<ForcedRequest> = {}): Promise<void> =>
  forcedSwitch(pair.operation, pair.topology, { to: 'ox2', fence: false, acceptInconsistent: false, ...more });

/** ox1 is dead, ox2 has an outdated copy, and heartbeat there claims what it could not start. */
function outdated(): FakePair {
  const pair = new FakePair();
  pair.runs(undefined);
  pair.dies('ox1');
  for (const volume of pair.nodes.ox2.volumes.values()) volume.disk = 'Outdated';
  pair.nodes.ox2.claims = 'all';
  return pair
    .on(/takegroup|mach_down|systemctl start/, () => pair.runs('ox2'))
    .on(/journalctl/, () => ({
      stdout: '2026-11-22T19:39:59+0000 ox2 kernel: drbd ldap: conn( Connected -> NetworkFailure )\n',
    }));
}

const changing = (pair: FakePair): readonly string[] =>
  pair.commands.filter((command) => !/journalctl|ping/.test(command));

describe('a forced switch (F15)', () => {
  test('declares each outdated copy good and lets heartbeat start what it claims', async () => {
    const pair = outdated();
    await force(pair);
    const commands = changing(pair);
    expect(commands).toHaveLength(7);
    expect(commands[0]).toContain("ox2: drbdadm primary --force 'ldap' && { drbdadm secondary 'ldap'");
    expect(commands[6]).toContain('ResourceManager takegroup');
    expect(pair.said).toContainEqual(expect.stringMatching(/^group groupware runs on ox2 after \d+ s$/));
  });

  test('tells what it costs before it asks for the name of the deployment', async () => {
    const pair = outdated();
    pair.answer = 'ox2';
    await expect(force(pair)).rejects.toThrow('nothing was changed');
    expect(pair.said).toContainEqual(
      '  ldap: OUTDATED, what ox1 wrote later is not here (since 2026-11-22T19:39:59+0000, by the clock of ox2)',
    );
    expect(pair.said).toContainEqual(expect.stringContaining('queue: OUTDATED'));
    expect(changing(pair)).toEqual([]);
  });

  test('promotes nothing by force that is up to date', async () => {
    const pair = outdated();
    for (const volume of pair.nodes.ox2.volumes.values()) volume.disk = 'UpToDate';
    await force(pair);
    expect(changing(pair)).toEqual([expect.stringContaining('takegroup')]);
    expect(pair.said).toContainEqual(
      '  ldap: up to date, unless the link broke some time before ox1 did (the link was lost at 2026-11-22T19:39:59+0000, by the clock of ox2)',
    );
  });

  test('lets heartbeat start without its peer where its guard holds it', async () => {
    const pair = outdated();
    Object.assign(pair.nodes.ox2, { heartbeat: 'activating', claims: '' });
    await force(pair, { confirmOff: 'ox1' });
    expect(changing(pair).at(-1)).toBe(`ox2: : >${FORCE_FILE}\nsystemctl start --no-block heartbeat.service`);
  });

  test('tells heartbeat that the peer is down where its fencing was not confirmed', async () => {
    const pair = outdated();
    pair.nodes.ox2.claims = 'local';
    await force(pair, { confirmOff: 'ox1' });
    expect(changing(pair).at(-1)).toMatch(/^ox2: .*mach_down 'ox1'$/);
  });

  test('switches the other node off first when asked to, and promotes nothing when that is not confirmed', async () => {
    const pair = outdated();
    pair.nodes.ox2.claims = 'local';
    pair.on(/stonith/, () => ({ status: 1, stderr: 'device not accessible\n' }));
    await expect(force(pair, { fence: true })).rejects.toThrow(
      /does not confirm that ox1 is off[\s\S]*--confirm-off ox1/,
    );
    expect(changing(pair).join()).not.toContain('drbdadm');
    pair.on(/stonith/, () => ({}));
    await force(pair, { fence: true });
    expect(pair.said).toContainEqual('ox1-ipmi confirms that ox1 is off');
  });

  test('does nothing when the group runs there', async () => {
    const pair = new FakePair();
    pair.runs('ox2');
    await force(pair);
    expect(changing(pair)).toEqual([]);
  });
});

describe('a forced switch never makes two active nodes', () => {
  test.each<[string, (pair: FakePair) => void, RegExp]>([
    [
      'the other node runs the group',
      (pair) => void ((pair.nodes.ox1.reached = true), pair.runs('ox1')),
      /ox1: group groupware runs here/,
    ],
    [
      'heartbeat hears the other node',
      (pair) => void (pair.nodes.ox2.members['ox1'] = 'active'),
      /hears ox1 \(active\)/,
    ],
    [
      'an address of the other node answers',
      (pair) => void pair.on(/ping/, () => ({ stdout: '192.168.180.10\n' })),
      /192\.168\.180\.10 of ox1 answers a ping/,
    ],
    [
      'DRBD is connected to the other node',
      (pair) => void (pair.nodes.ox2.volumes.get(0)!.peerRole = 'Primary'),
      /is connected to ox1: it is not dead/,
    ],
    [
      'the other node answers and has newer data',
      (pair) => void (pair.nodes.ox1.reached = true),
      /ox1 answers and has newer data of ldap/,
    ],
    [
      'heartbeat runs on the other node and hears nobody',
      (pair) => {
        pair.nodes.ox1.reached = true;
        pair.nodes.ox1.heartbeat = 'active';
      },
      /ssh ox1 systemctl stop heartbeat/,
    ],
    ['heartbeat starts a group right now', (pair) => void (pair.nodes.ox2.moving = true), /right now/],
  ])('when %s', async (_, arrange, reason) => {
    const pair = outdated();
    arrange(pair);
    await expect(force(pair, { confirmOff: 'ox1' })).rejects.toThrow(reason);
    expect(changing(pair)).toEqual([]);
  });

  test('when nobody knows whether a silent node is off', async () => {
    const pair = outdated();
    pair.nodes.ox2.claims = 'local';
    await expect(force(pair)).rejects.toThrow(/see that it is off and add --confirm-off ox1, or .* --fence/);
    await expect(force(pair, { confirmOff: 'ox2' })).rejects.toThrow(/must name the other node, ox1, and not 'ox2'/);
    expect(changing(pair)).toEqual([]);
  });
});

describe('a forced switch keeps off bad copies', () => {
  test('an inconsistent one needs a second option', async () => {
    const pair = outdated();
    pair.nodes.ox2.volumes.get(0)!.disk = 'Inconsistent';
    await expect(force(pair)).rejects.toThrow(/is Inconsistent on ox2: .*--accept-inconsistent/);
    expect(changing(pair)).toEqual([]);
    await force(pair, { acceptInconsistent: true });
    expect(pair.said).toContainEqual(expect.stringContaining('INCONSISTENT, expect a damaged file system'));
  });

  test('a missing disk is refused in any case', async () => {
    const pair = outdated();
    pair.nodes.ox2.volumes.get(0)!.disk = 'Diskless';
    await expect(force(pair, { acceptInconsistent: true })).rejects.toThrow(/no usable disk on ox2 \(Diskless\)/);
  });

  test('and a promotion that fails is told', async () => {
    const pair = outdated().on(/primary --force 'queue'/, () => ({ status: 17, stderr: 'State change failed\n' }));
    await expect(force(pair)).rejects.toThrow(
      /queue could not be declared good on ox2 \(status 17\)\n {2}State change failed/,
    );
    expect(changing(pair).join()).not.toContain('takegroup');
  });
});

test('the line of the fencing device is taken from ha.cf, so that no secret is in a command', () => {
  const pair = pairOf(new FakePair().topology, 'ox2');
  const device = fencingDeviceOf(pair)!;
  const command = fenceCommand(pair, device);
  expect(device.name).toBe('ox1-ipmi');
  expect(command).toContain("known='ox1 192.168.1.171 fencing @secret@ lanplus'");
  expect(command).toContain(`stonith -t 'external/ipmi' -F "$work/device" -T off 'ox1'`);
});
