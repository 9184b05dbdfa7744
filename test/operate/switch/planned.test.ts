import { plannedSwitch } from '../../../lib/operate/switch/planned';
import { standbyRequest, type StandbyWord } from '../../../lib/topology/standby-request';
import { buildGroupwarePair } from '../../support/pair';
import { FakePair } from '../fake-pair';

/** A pair whose heartbeat does what hb_standby says. */
function willing(pair = new FakePair()): FakePair {
  return pair.on(/^hb_standby|\nhb_standby/, (host) => pair.runs(host === 'ox1' ? 'ox2' : 'ox1'));
}

const asked = (host: string, what: StandbyWord): string => `${host}: ${standbyRequest(what)}`;

const switchTo = (pair: FakePair, to: string, more: object = {}): Promise<void> =>
  plannedSwitch(pair.operation, pair.topology, { to, ...more });

describe('a planned switch (F14, X1)', () => {
  test('asks the node that is at home to the group to give up what is local', async () => {
    const pair = willing();
    await switchTo(pair, 'ox2');
    expect(pair.commands).toEqual([asked('ox1', 'local')]);
    expect(pair.said.at(-1)).toMatch(/^group groupware runs on ox2 after \d+ s, /);
  });

  test('asks the other node to give up what is foreign', async () => {
    const pair = willing();
    pair.runs('ox2');
    await switchTo(pair, 'ox1');
    expect(pair.commands).toEqual([asked('ox2', 'foreign')]);
  });

  test('shows what stops and what starts on which node', async () => {
    const pair = willing();
    await switchTo(pair, 'ox2');
    const said = pair.said.join('\n');
    expect(said).toMatch(/ s {2}ox1: .*ldap is secondary, \/var\/lib\/ldap is unmounted, slapd is stopped/);
    expect(said).toMatch(/ s {2}ox2: .*192\.168\.1\.160 is there/);
  });

  test('says so and does nothing when the group runs there already', async () => {
    const pair = new FakePair();
    await switchTo(pair, 'ox1');
    expect(pair.commands).toEqual([]);
    expect(pair.said.at(-1)).toBe('group groupware runs on ox1 already; nothing to do');
    expect(pair.questions).toEqual([]);
  });

  test('starts a group that heartbeat claims here and that runs nowhere', async () => {
    const pair = new FakePair();
    pair.runs(undefined);
    pair.nodes.ox1.claims = 'none';
    pair.nodes.ox2.claims = 'all';
    pair.on(/takegroup/, () => pair.runs('ox2'));
    await switchTo(pair, 'ox2');
    expect(pair.commands).toEqual([expect.stringMatching(/^ox2: HA_CURHOST='ox2'[\s\S]*for home in 'ox1'; do/)]);
  });

  test('lets the node that claims what runs nowhere give it up', async () => {
    const pair = willing();
    pair.runs(undefined);
    pair.nodes.ox1.claims = 'none';
    pair.nodes.ox2.claims = 'all';
    await switchTo(pair, 'ox1');
    expect(pair.commands).toEqual([asked('ox2', 'foreign')]);
  });

  test('does nothing when the person does not type the name of the node', async () => {
    const pair = willing();
    pair.answer = 'yes';
    await expect(switchTo(pair, 'ox2')).rejects.toThrow('nothing was changed');
    expect(pair.commands).toEqual([]);
    expect(pair.questions).toEqual(['hand group groupware to ox2?']);
  });
});

describe('a planned switch is refused', () => {
  test('with all reasons at once', async () => {
    const pair = willing();
    pair.nodes.ox2.heartbeat = 'inactive';
    pair.nodes.ox1.members = { ox1: 'active', ox2: 'dead' };
    Object.assign(pair.nodes.ox2.volumes.get(0)!, { connection: 'SyncTarget', disk: 'Inconsistent', synced: '47.5' });
    const error = await switchTo(pair, 'ox2').catch((thrown: Error) => thrown.message);
    expect(error).toMatch(/^group groupware can not be handed to ox2; nothing was changed\n/);
    expect(error).toContain('heartbeat does not run on ox2 (inactive)');
    expect(error).toContain('ox1 does not see ox2 as active in the cluster (dead)');
    expect(error).toMatch(/DRBD resource \S+ is not the same on both: SyncTarget, Inconsistent\/UpToDate, 47\.5 %/);
    expect(pair.commands).toEqual([]);
  });

  test('and names the forced switch when the node that runs the group is silent', async () => {
    const pair = willing();
    pair.dies('ox1');
    await expect(switchTo(pair, 'ox2')).rejects.toThrow(/tandem switch groupware --forced --to ox2/);
  });

  test('while heartbeat starts or stops a group', async () => {
    const pair = willing();
    pair.nodes.ox1.moving = true;
    await expect(switchTo(pair, 'ox2')).rejects.toThrow(/right now: wait until it has ended/);
  });

  test('when the group runs partly on both nodes', async () => {
    const pair = willing();
    pair.nodes.ox2.mounted.add('/var/lib/ldap');
    await expect(switchTo(pair, 'ox2')).rejects.toThrow(
      /ox2: group groupware runs partly: \/var\/lib\/ldap is mounted/,
    );
  });

  test.each([
    ['a node that is none', { to: 'ox3' }, /no cluster with a node 'ox3'\n {2}- name one of: ox1, ox2/],
    ['a group that is none', { to: 'ox2', group: 'mail' }, /no group 'mail'\n {2}- name one of: groupware/],
  ])('for %s', async (_, request, message) => {
    const pair = willing();
    await expect(plannedSwitch(pair.operation, pair.topology, request)).rejects.toThrow(message);
  });

  test('for DRBD whose state it can not read', async () => {
    const pair = willing();
    const topology = { ...pair.topology, drbdVersion: '9' as const };
    await expect(plannedSwitch(pair.operation, topology, { to: 'ox2' })).rejects.toThrow(/its DRBD is 9/);
  });
});

describe('a planned switch that does not come to its end', () => {
  test('tells the state and what to do after the limit', async () => {
    const pair = new FakePair();
    const error = await switchTo(pair, 'ox2', { timeout: 30 }).catch((thrown: Error) => thrown.message);
    expect(error).toMatch(/^group groupware does not run on ox2 after 3\d s\n/);
    expect(error).toContain('ox1: group groupware runs here');
    expect(error).toMatch(/next:\n[\s\S]*tandem status groupware/);
  });

  test('tells the state when the person interrupts', async () => {
    const pair = new FakePair();
    pair.on(/hb_standby/, () => pair.interrupt());
    await expect(switchTo(pair, 'ox2')).rejects.toThrow(/^interrupted after \d+ s/);
  });

  test('tells what the command said when it fails', async () => {
    const pair = new FakePair().on(/hb_standby/, () => ({ status: 1, stderr: 'no fifo\n' }));
    await expect(switchTo(pair, 'ox2')).rejects.toThrow(/the command ended with 1: no fifo/);
  });
});

test('groups at home on one node move together, and it is said before it is asked', async () => {
  const { deployment, cluster, ox1, lan } = buildGroupwarePair();
  cluster.addGroup('files', { preferred: ox1, address: lan.virtualAddress('192.168.1.158'), members: [] });
  const pair = willing(new FakePair(deployment.topology()));
  await switchTo(pair, 'ox2', { group: 'groupware' });
  expect(pair.said).toContainEqual(expect.stringContaining('heartbeat can not move groupware without group files'));
});
