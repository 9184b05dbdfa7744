import { files } from '../../../lib/render/handback/files';
import { groupwarePair } from '../../support/pair';
import { FakeNode, STANDBY_OR_TIMEOUT } from '../shell/fake-node';

const [ONE, TWO] = ['hq/ox1', 'hq/ox2'];
const pair = groupwarePair();
const [program, unit] = files(pair, ONE);

let node: FakeNode;
beforeEach(() => {
  node = new FakeNode({
    uname: 'echo ox2',
    logger: '',
    timeout: STANDBY_OR_TIMEOUT,
    cl_status: 'case $1 in rscstatus) cat "$node/held" ;; *) cat "$node/peer" ;; esac',
    ip: 'cat "$node/addresses"',
    drbdadm: 'cat "$node/$1"',
    sleep: 'echo x >>"$node/slept"; test "$(grep -c x "$node/slept")" -le "$(cat "$node/rounds")"',
  });
  node.write('held', 'all\n');
  node.write('peer', 'active\n');
  node.write('addresses', '2: eth0    inet 192.168.1.162/24\n');
  node.write('role', 'Secondary/Secondary\n');
  node.write('dstate', 'UpToDate/UpToDate\n');
});
afterEach(() => node.close());

function rounds(count: number): string[] {
  node.write('rounds', String(count));
  node.remove('slept');
  node.run(program!.content);
  return node.standbyRequests();
}

test('runs beside heartbeat, and is started and stopped with it (X2)', () => {
  expect(unit).toMatchObject({ activation: { kind: 'enable', unit: 'tandem-handback.service' } });
  expect(unit!.content).toMatch(/PartOf=heartbeat\.service[^]*WantedBy=heartbeat\.service/u);
  expect(files(pair, TWO)).toEqual(files(pair, ONE));
});

test('gives a group away that is claimed and does not run, after several looks (X2)', () => {
  expect(rounds(4)).toEqual([]);
  expect(rounds(5)).toEqual(['foreign']);
});

test.each([
  ['the group runs here', 'addresses', '2: eth0    inet 192.168.1.160/24\n'],
  ['a takeover has promoted a resource', 'role', 'Primary/Secondary\n'],
  ['the other node has it as primary', 'role', 'Secondary/Primary\n'],
  ['the copy here is outdated', 'dstate', 'Outdated/UpToDate\n'],
  ['the other node is not connected', 'dstate', 'UpToDate/DUnknown\n'],
  ['heartbeat does not claim it here', 'held', 'local\n'],
  ['heartbeat is in transition', 'held', 'transition\n'],
  ['the other node is not in the cluster', 'peer', 'dead\n'],
])('leaves it when %s', (_, file, content) => {
  node.write(file, content);
  expect(rounds(8)).toEqual([]);
});

test('there is none without DRBD resources', () => {
  const clusters = pair.clusters.map((cluster) => ({
    ...cluster,
    groups: cluster.groups.map((group) => ({
      ...group,
      members: group.members.filter(({ kind }) => kind !== 'activation'),
    })),
  }));
  expect(files({ ...pair, clusters }, ONE)).toEqual([]);
});
