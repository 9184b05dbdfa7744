import { isDelayed } from '../../../lib/render/stonith/build';
import { files } from '../../../lib/render/stonith/files';
import { groupwarePair } from '../../support/pair';
import { FakeNode } from '../shell/fake-node';

const [ONE, TWO] = ['hq/ox1', 'hq/ox2'];
const pair = groupwarePair();
const [file] = files(pair, ONE);
const REAL = '/usr/lib/stonith/plugins/external/ipmi';

let node: FakeNode;
beforeEach(() => {
  node = new FakeNode({
    sleep: '',
    logger: '',
    uname: 'cat "$node/name"',
    ip: 'cat "$node/addresses"',
    drbdadm: 'cat "$node/role"',
    ipmi: 'echo "hostname is $hostname"; exit 3',
  });
  node.write('name', 'ox2\n');
  node.write('addresses', '2: eth0    inet 192.168.1.162/24 scope global eth0\n');
  node.write('role', 'Secondary/Primary\n');
});
afterEach(() => node.close());

function plugin(...args: string[]): { readonly slept: string[]; readonly status: number | null; readonly out: string } {
  const script = file!.content.replace(REAL, node.path('bin/ipmi'));
  const { status, stdout } = node.run(script, args, { hostname: 'ox1' });
  return { slept: node.calls('sleep'), status, out: stdout };
}

test('a plugin lies beside the one it stands for, the same on both nodes (X4, X16)', () => {
  expect(files(pair, ONE)).toMatchObject([
    { path: '/usr/lib/stonith/plugins/external/tandem-ipmi', mode: '0755', owner: 'root', checker: 'sh' },
  ]);
  expect(files(pair, TWO)).toEqual(files(pair, ONE));
});

test('a node that runs nothing waits before it resets the other one (X4)', () => {
  expect(plugin('reset', 'ox1')).toEqual({ slept: ['sleep 5'], status: 3, out: 'hostname is ox1\n' });
  expect(node.calls('ipmi')).toEqual(['ipmi reset ox1']);
});

test('a node that has the address does not wait', () => {
  node.append('addresses', '2: eth0    inet 192.168.1.160/24 scope global secondary eth0\n');
  expect(plugin('reset', 'ox1').slept).toEqual([]);
});

test('an address that only begins alike is another one', () => {
  node.append('addresses', '2: eth0    inet 192.168.1.1/24\n3: eth0    inet 192.168.1.16/24\n');
  expect(plugin('off', 'ox1').slept).toEqual(['sleep 5']);
});

test('a node whose address is not up yet counts by its DRBD resources', () => {
  node.write('role', 'Primary/Unknown\n');
  expect(plugin('reset', 'ox1').slept).toEqual([]);
});

test('everything else is passed on at once, with its exit code', () => {
  expect(plugin('getconfignames')).toMatchObject({ slept: [], status: 3 });
  expect(plugin('status')).toMatchObject({ slept: [], status: 3 });
  expect(node.calls('ipmi')).toEqual(['ipmi getconfignames', 'ipmi status']);
});

test('of two nodes that both run groups the second waits', () => {
  const [cluster] = pair.clusters;
  const [group] = cluster!.groups;
  const second = { ...group!, id: 'second', name: 'second', members: [] };
  const hot = { ...pair, clusters: [{ ...cluster!, groups: [group!, second] }] };
  const script = files(hot, ONE)[0]!.content.replace(REAL, node.path('bin/ipmi'));
  node.append('addresses', '2: eth0    inet 192.168.1.160/24 scope global secondary eth0\n');
  node.write('role', 'Secondary/Primary\n');
  node.run(script, ['reset', 'ox1']);
  expect(node.calls('sleep')).toEqual(['sleep 5']);
  node.write('name', 'ox1\n');
  node.run(script, ['reset', 'ox2']);
  expect(node.calls('sleep')).toEqual(['sleep 5']);
});

test('without a delay, and before plugins that are no programs, there is none', () => {
  const [cluster] = pair.clusters;
  const [device] = pair.fencingDevices;
  expect(isDelayed({ ...cluster!, fencingDelay: 0 }, device!)).toBe(false);
  expect(isDelayed(cluster!, { ...device!, plugin: 'apcmaster' })).toBe(false);
  expect(files({ ...pair, clusters: [{ ...cluster!, fencingDelay: 0 }] }, ONE)).toEqual([]);
});
