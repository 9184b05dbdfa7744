import { files } from '../../../lib/render/boot-guard/files';
import { groupwarePair } from '../../support/pair';
import { FakeNode } from '../shell/fake-node';

const [ONE, TWO] = ['hq/ox1', 'hq/ox2'];
const pair = groupwarePair();
const [guard, dropIn] = files(pair, ONE);

let node: FakeNode;
beforeEach(() => {
  node = new FakeNode({
    uname: 'echo ox1',
    ping: 'shift 5; test -e "$node/answers-$1"',
    // The guard has looked three times when it is ended.
    sleep: 'echo x >>"$node/slept"; test "$(grep -c x "$node/slept")" -lt 3',
  });
});
afterEach(() => node.close());

function run(...args: string[]): ReturnType<FakeNode['run']> {
  return node.run(guard!.content.replaceAll('/run/tandem-ha-force', node.path('force')), args);
}

test('the guard runs before heartbeat and is never given up, the same on both nodes (X4, X16)', () => {
  expect(dropIn).toMatchObject({ path: '/etc/systemd/system/heartbeat.service.d/tandem-boot-guard.conf' });
  expect(dropIn!.content).toContain('ExecStartPre=/usr/local/sbin/tandem-boot-guard\nTimeoutStartSec=infinity\n');
  expect(files(pair, TWO)).toEqual(files(pair, ONE));
});

test('a peer that answers on any path lets heartbeat start', () => {
  node.write('answers-192.168.180.20', '');
  const { status, stdout } = run();
  expect([status, stdout]).toEqual([0, 'the other node answers at 192.168.180.20\n']);
  expect(node.calls('ping').join('\n')).not.toContain('192.168.1.161');
});

test('without an answer heartbeat waits, and the reason is said once (X4)', () => {
  const { status, stdout } = run();
  expect(status).toBe(1);
  expect(node.read('slept')).toBe('x\nx\nx\n');
  expect(stdout.match(/does not answer \(192\.168\.1\.162 192\.168\.180\.20\)/gu)).toHaveLength(1);
});

test('an operator lets heartbeat start without the peer', () => {
  node.write('force', '');
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining('without the other node') });
});

test('there is no guard where a lone node shall start, or no path has addresses', () => {
  const [cluster] = pair.clusters;
  const change = (part: object): typeof pair => ({ ...pair, clusters: [{ ...cluster!, ...part }] });
  expect(files(change({ startsAlone: true }), ONE)).toEqual([]);
  expect(files(change({ links: cluster!.links.filter(({ kind }) => kind === 'serial') }), ONE)).toEqual([]);
});
