import { files } from '../../../lib/render/peer-outdater/files';
import { groupwarePair } from '../../support/pair';
import { FakeNode } from '../shell/fake-node';

const [ONE, TWO] = ['hq/ox1', 'hq/ox2'];
const pair = groupwarePair();
const [file] = files(pair, ONE);

let node: FakeNode;
beforeEach(() => {
  node = new FakeNode({
    uname: 'echo ox1',
    logger: '',
    sleep: '',
    flock: '',
    cl_status: 'cat "$node/peer"',
    // One answer for each call, the last one for ever.
    outdater:
      'read -r code <"$node/codes"; test "$(wc -l <"$node/codes")" -lt 2 || sed -i 1d "$node/codes"; exit "$code"',
  });
  node.write('peer', 'active\n');
  node.write('codes', '4\n');
});
afterEach(() => node.close());

function run(): number | null {
  const script = file!.content
    .replace('/usr/libexec/heartbeat/drbd-peer-outdater', node.path('bin/outdater'))
    .replace('/run/tandem-peer-outdater.lock', node.path('lock'));
  return node.run(script, [], { DRBD_RESOURCE: 'ldap' }).status;
}

test('asks the other node for the resource that lost its peer, in turn with other resources (X2)', () => {
  expect(run()).toBe(4);
  expect(node.calls('outdater')).toEqual(['outdater -t 15 -p ox2 -r ldap']);
  expect(node.calls('flock')).toEqual(['flock -w 300 9']);
});

test('asks again while dopd is away, for the peer lives (X2)', () => {
  node.write('codes', '5\n20\n5\n4\n');
  expect(run()).toBe(4);
  expect(node.calls('outdater')).toHaveLength(4);
});

test('says that the peer is dead when heartbeat says so, and only then (X4)', () => {
  node.write('peer', 'dead\n');
  expect(run()).toBe(5);
  expect(node.calls('outdater')).toEqual([]);
});

test('never calls a peer dead that lives and does not answer', () => {
  node.write('codes', '5\n');
  expect(run()).toBe(1);
  expect(node.calls('outdater')).toHaveLength(30);
});

test.each([3, 6, 7])('hands the answer %d on', (code) => {
  node.write('codes', `${code}\n`);
  expect(run()).toBe(code);
});

test('asks nobody while others wait for too long', () => {
  node.fake('flock', 'exit 1');
  expect(run()).toBe(1);
  expect(node.calls('outdater')).toEqual([]);
});

test('is the same on both nodes (X16), and only where a resource calls it', () => {
  expect(files(pair, TWO)).toEqual(files(pair, ONE));
  expect(file).toMatchObject({ path: '/usr/local/sbin/tandem-peer-outdater', mode: '0755', checker: 'sh' });
  const drbdResources = pair.drbdResources.map((resource) => ({ ...resource, handlers: [] }));
  expect(files({ ...pair, drbdResources }, ONE)).toEqual([]);
});
