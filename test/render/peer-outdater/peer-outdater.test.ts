import { files } from '../../../lib/render/peer-outdater/files';
import { groupwarePair } from '../../support/pair';
import { FakeNode } from '../shell/fake-node';

const [ONE, TWO] = ['hq/ox1', 'hq/ox2'];
const pair = groupwarePair();
const [file] = files(pair, ONE);
/** Sleeping moves the clock of the node instead of waiting. */
const SLEEP = `read -r at idle <"$node/clock"; echo "$((at + $1)) $idle" >"$node/clock"
if test -e "$node/dies-at" && test "$((at + $1))" -ge "$(cat "$node/dies-at")"; then echo dead >"$node/peer"; fi`;

let node: FakeNode;
beforeEach(() => {
  node = new FakeNode({
    uname: 'echo ox1',
    logger: '',
    sleep: SLEEP,
    flock: '',
    cl_status:
      'case $1 in hbstatus) echo "Heartbeat is $(cat "$node/heartbeat") on this machine." ;; *) cat "$node/peer"; ! grep -qx dead "$node/peer" ;; esac',
    drbdadm: 'cat "$node/role"',
    stonith:
      'cat "$4" >"$node/values"; read -r code <"$node/stonith-codes"; test "$(wc -l <"$node/stonith-codes")" -lt 2 || sed -i 1d "$node/stonith-codes"; exit "$code"',
    // One answer for each call, the last one for ever.
    outdater:
      'read -r code <"$node/codes"; test "$(wc -l <"$node/codes")" -lt 2 || sed -i 1d "$node/codes"; exit "$code"',
  });
  node.write('peer', 'active\n');
  node.write('heartbeat', 'running');
  node.write('role', 'Primary/Unknown\n');
  node.write('codes', '4\n');
  node.write('stonith-codes', '0\n');
  node.write('clock', '1000 1\n');
  node.write('ha.cf', 'node ox1\nnode ox2\nstonith_host ox1 external/tandem-ipmi ox2 10.0.0.2 ha pass lanplus\n');
});
afterEach(() => node.close());

function run(resource = 'ldap'): number | null {
  const script = file!.content
    .replace('/usr/libexec/heartbeat/drbd-peer-outdater', node.path('bin/outdater'))
    .replace("'/run/tandem-stonith'", `'${node.path('stamps')}'`)
    .replace('/run/tandem-peer-outdater', node.path('state'))
    .replaceAll('/proc/uptime', node.path('clock'))
    .replaceAll('/etc/ha.d/ha.cf', node.path('ha.cf'));
  return node.run(script, [], { DRBD_RESOURCE: resource }).status;
}

describe('a peer that lives', () => {
  test('is given the time to notice the loss, then marks its copies (X2)', () => {
    expect(run()).toBe(4);
    expect(node.calls('outdater')).toEqual(['outdater -t 4 -p ox2 -r ldap']);
    // ping-int of 6 s, ping-timeout and a second.
    expect(Number(node.read('clock').split(' ')[0])).toBe(1008);
  });

  test('is asked once for all resources whose links are gone', () => {
    node.fake('flock', 'echo 999 >"$node/state/waiting/database"; echo 1005 >"$node/state/waiting/queue"');
    expect(run()).toBe(4);
    expect(node.calls('outdater')).toEqual(['outdater -t 4 -p ox2 -r database ldap']);
    // The handler of the other resource finds the answer: the loss was old enough when it was given.
    node.write('clock', '1000 1\n');
    node.fake('flock', 'echo "1009 1" >"$node/clock"');
    expect(run('database')).toBe(4);
    expect(node.calls('outdater')).toHaveLength(1);
  });

  test('is asked a little later when that saves a second call', () => {
    node.fake('flock', 'echo 1002 >"$node/state/waiting/queue"; echo 1005 >"$node/state/waiting/spool"');
    expect(run()).toBe(4);
    expect(node.calls('outdater')).toEqual(['outdater -t 4 -p ox2 -r ldap queue']);
    expect(Number(node.read('clock').split(' ')[0])).toBe(1010);
  });

  test('is asked again while dopd is away', () => {
    node.write('codes', '5\n20\n5\n4\n');
    expect(run()).toBe(4);
    expect(node.calls('outdater')).toHaveLength(4);
  });

  test('and never answers is reset, for nothing may be acknowledged before (X4)', () => {
    node.write('codes', '5\n');
    expect(run()).toBe(7);
    expect(node.calls('outdater')).toHaveLength(5);
    expect(node.calls('stonith')).toHaveLength(1);
  });

  test('and never answers is not reset by a node that only wants to promote', () => {
    node.write('codes', '5\n');
    node.write('role', 'Secondary/Unknown\n');
    expect(run()).toBe(1);
    expect(node.calls('stonith')).toEqual([]);
  });

  test.each([3, 6])('answers %d, and that is handed on', (code) => {
    node.write('codes', `${code}\n`);
    expect(run()).toBe(code);
  });
});

describe('a peer that heartbeat calls dead', () => {
  test('is reset by the node that works, with its own device (X4)', () => {
    node.write('dies-at', '1003');
    expect(run()).toBe(7);
    expect(node.calls('outdater')).toEqual([]);
    expect(node.calls('stonith')[0]).toMatch(/^stonith -t external\/tandem-ipmi -F \S+ -T reset ox2$/u);
    expect(node.read('values')).toBe('ox2 10.0.0.2 ha pass lanplus\n');
  });

  test('is not reset again when that was done since the loss', () => {
    node.write('peer', 'dead\n');
    node.fake('flock', 'mkdir -p "$node/stamps"; echo 1001 >"$node/stamps/ox2"');
    expect(run()).toBe(7);
    expect(node.calls('stonith')).toEqual([]);
    // The handlers of other resources wait for this one: nothing is asked that takes time.
    expect([...node.calls('cl_status'), ...node.calls('drbdadm')]).toEqual([]);
  });

  test('is reset again until that is confirmed, and nothing is acknowledged before', () => {
    node.write('peer', 'dead\n');
    node.write('stonith-codes', '1\n1\n0\n');
    expect(run()).toBe(7);
    expect(node.calls('stonith')).toHaveLength(3);
  });

  test('was reset by heartbeat, which promotes this node', () => {
    node.write('peer', 'dead\n');
    node.write('role', 'Secondary/Unknown\n');
    expect(run()).toBe(5);
    expect(node.calls('stonith')).toEqual([]);
  });

  test('counts as dead where nothing can reset it', () => {
    node.write('peer', 'dead\n');
    node.write('ha.cf', 'node ox1\n');
    expect(run()).toBe(5);
  });
});

test('resets nobody where heartbeat was stopped by hand', () => {
  node.write('peer', '');
  node.write('heartbeat', 'stopped');
  expect(run()).toBe(5);
  expect([...node.calls('outdater'), ...node.calls('stonith')]).toEqual([]);
});

test('leaves no file behind but answers, which only root reads', () => {
  run();
  node.write('peer', 'dead\n');
  run('queue');
  expect(node.calls('stonith')).toHaveLength(1);
  expect(['waiting/ldap', 'device', 'values'].filter((name) => node.has(`state/${name}`))).toEqual([]);
  expect(node.has('state/answer/ldap')).toBe(true);
});

test('is the same on both nodes (X16), and only where a resource calls it', () => {
  expect(files(pair, TWO)).toEqual(files(pair, ONE));
  expect(file).toMatchObject({ path: '/usr/local/sbin/tandem-peer-outdater', mode: '0755', checker: 'sh' });
  const drbdResources = pair.drbdResources.map((resource) => ({ ...resource, handlers: [] }));
  expect(files({ ...pair, drbdResources }, ONE)).toEqual([]);
});
