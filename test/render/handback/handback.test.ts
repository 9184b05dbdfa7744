import { files } from '../../../lib/render/handback/files';
import { mail } from '../../support/mail';
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
    cl_status: 'case $1 in rscstatus) cat "$node/held" ;; *) cat "$node/peer"; grep -q active "$node/peer" ;; esac',
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

function rounds(count: number, content = program!.content): string[] {
  node.write('rounds', String(count));
  node.remove('slept');
  node.run(content, [], { TANDEM_HANDBACK_MEMORY: node.path('taken'), TANDEM_MOUNTS: node.path('mounts') });
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

describe('a mail pair', () => {
  const topology = mail();
  const { content } = files(topology, 'hq/hq-mail1')[0]!;
  const queueOf = 'queue-hq-mail1';
  beforeEach(() => {
    node.write('role', 'Primary/Secondary\n');
    node.fake('uname', 'echo hq-mail2');
    node.fake(
      'drbdadm',
      `case $1/$2 in role/${queueOf}) cat "$node/role" ;; role/*) echo Primary/Secondary ;; *) cat "$node/dstate" ;; esac`,
    );
  });

  test('gives a queue home that was taken while its host was lost (S4)', () => {
    node.write('peer', 'dead\n');
    node.write('dstate', 'UpToDate/DUnknown\n');
    expect(rounds(8, content)).toEqual([]);
    node.write('peer', 'active\n');
    expect(rounds(8, content)).toEqual([]);
    node.write('dstate', 'UpToDate/UpToDate\n');
    expect(rounds(5, content)).toEqual(['foreign']);
  });

  test('leaves a queue that an operator moved, also one that had gone home before', () => {
    expect(rounds(8, content)).toEqual([]);
    node.write('peer', 'dead\n');
    rounds(1, content);
    node.write('peer', 'active\n');
    node.write('held', 'local\n');
    rounds(1, content);
    node.write('held', 'all\n');
    expect(rounds(8, content)).toEqual([]);
  });

  test('leaves its own queue where it is', () => {
    node.fake('uname', 'echo hq-mail1');
    node.write('held', 'local\n');
    node.write('peer', 'dead\n');
    rounds(1, content);
    node.write('peer', 'active\n');
    expect(rounds(8, content)).toEqual([]);
  });
});

test('a queue on a volume of both hosts is known by its mount (S4)', () => {
  const topology = mail();
  const clusters = topology.clusters.map((cluster) => ({
    ...cluster,
    groups: cluster.groups.map((group) => ({
      ...group,
      members: group.members.filter(({ kind }) => kind !== 'activation'),
    })),
  }));
  const { content } = files({ ...topology, clusters }, 'hq/hq-mail1')[0]!;
  node.fake('uname', 'echo hq-mail2');
  node.write('mounts', 'nas:/queue1 /var/spool/postfix-hq-mail1 nfs4 rw 0 0\n');
  node.write('peer', 'dead\n');
  rounds(1, content);
  node.write('peer', 'active\n');
  expect(rounds(5, content)).toEqual(['foreign']);
});
