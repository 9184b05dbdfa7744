import { forcedMailSwitch } from '../../../lib/operate/mail/switch/forced';
import { plannedMailSwitch } from '../../../lib/operate/mail/switch/planned';
import type { Topology } from '../../../lib/topology/topology';
import { FakeHosts } from './fake-hosts';
import { onHosts, topology as inContainers } from './looks';

const SERVER = 'mx-hq-mail1';
const planned = (hosts: FakeHosts, to: string, server = SERVER): Promise<void> =>
  plannedMailSwitch(hosts.operation, hosts.topology, { server, to });
const forced = (hosts: FakeHosts, confirmOff?: string, to = 'hq-mail2'): Promise<void> =>
  forcedMailSwitch(hosts.operation, hosts.topology, { server: SERVER, to, confirmOff });

describe('a planned switch of a queue', () => {
  test('stops the server at home, where it stays stopped, and starts it at the peer', async () => {
    const hosts = new FakeHosts();
    await planned(hosts, 'hq-mail2');
    expect(hosts.commands).toEqual([
      `hq-mail1: systemctl stop 'postfix-${SERVER}.service'`,
      `hq-mail2: /usr/local/sbin/tandem-mail-queue start '${SERVER}'`,
    ]);
    expect(hosts.serving[SERVER]).toBe('hq-mail2');
    expect(hosts.said.slice(-2)).toEqual([
      expect.stringMatching(/^hq-mail2 serves the queue of mx-hq-mail1; nobody did for 0\.\d s at most$/),
      'the way back: tandem switch mail --mail mx-hq-mail1 --to hq-mail1 --docker',
    ]);
  });

  test('gives it back, and does nothing the second time', async () => {
    const hosts = new FakeHosts();
    hosts.serving[SERVER] = 'hq-mail2';
    await planned(hosts, 'hq-mail1');
    expect(hosts.commands).toEqual([
      `hq-mail2: : >'/var/spool/postfix-hq-mail1/tandem-wanted'\n/usr/local/sbin/tandem-mail-queue stop '${SERVER}'`,
      `hq-mail1: systemctl start 'postfix-${SERVER}.service'`,
    ]);
    await planned(hosts, 'hq-mail1');
    expect(hosts.commands).toHaveLength(2);
    expect(hosts.said.at(-1)).toBe('hq-mail1 serves the queue of mx-hq-mail1 already; nothing to do');
  });

  test('gives it back without the peer, when the lock is free', async () => {
    const hosts = new FakeHosts();
    hosts.serving[SERVER] = undefined;
    hosts.lost.add('hq-mail2');
    await planned(hosts, 'hq-mail1');
    expect(hosts.serving[SERVER]).toBe('hq-mail1');
  });

  test('changes nothing when the person says no', async () => {
    const hosts = new FakeHosts();
    hosts.answer = 'no';
    await expect(planned(hosts, 'hq-mail2')).rejects.toThrow('nothing was changed');
    expect(hosts.commands).toEqual([]);
  });

  test('that the peer does not take is called off: the server is at home again', async () => {
    const hosts = new FakeHosts();
    hosts.failing.push([/hq-mail2: .*start/s, 'Postfix does not start']);
    await expect(planned(hosts, 'hq-mail2')).rejects.toThrow(
      /hq-mail2 did not take the queue of mx-hq-mail1, and hq-mail1 serves it again\n.*does not run it; Postfix does not start/,
    );
    expect(hosts.serving[SERVER]).toBe('hq-mail1');
  });

  test('that home does not take goes on at the peer', async () => {
    const hosts = new FakeHosts();
    hosts.serving[SERVER] = 'hq-mail2';
    hosts.failing.push([/hq-mail1: .*start/s, 'no']);
    await expect(planned(hosts, 'hq-mail1')).rejects.toThrow('and hq-mail2 serves it again');
    expect(hosts.serving[SERVER]).toBe('hq-mail2');
  });

  test('that nobody takes says so, with what to do', async () => {
    const hosts = new FakeHosts();
    hosts.failing.push([/start/, 'no']);
    await expect(planned(hosts, 'hq-mail2')).rejects.toThrow(
      /nobody serves the queue of mx-hq-mail1\n.*\n.*\nnext:\n {2}on hq-mail2 or hq-mail1: tandem-mail-queue start mx-hq-mail1/,
    );
  });

  test('fails while the owner does not stop, and leaves it serving', async () => {
    const hosts = new FakeHosts();
    hosts.failing.push([/systemctl stop/, 'deliveries do not end']);
    await expect(planned(hosts, 'hq-mail2')).rejects.toThrow(
      /hq-mail1 did not give the queue of mx-hq-mail1 away, and serves it again\n.*deliveries do not end/,
    );
    expect(hosts.serving[SERVER]).toBe('hq-mail1');
  });

  test.each<[string, (hosts: FakeHosts) => void, string, RegExp]>([
    ['the owner is lost', (hosts) => hosts.dies('hq-mail1'), 'hq-mail2', /--forced --mail mx-hq-mail1 --to hq-mail2/],
    ['the peer is lost', (hosts) => hosts.dies('hq-mail2'), 'hq-mail2', /hq-mail2 does not answer/],
    [
      'somebody else has the lock',
      (hosts) => void (hosts.serving[SERVER] = 'another'),
      'hq-mail2',
      /another process has the lock of the queue, and hq-mail1 does not run it/,
    ],
    [
      'the host is none of the pair',
      () => undefined,
      'dr-mail1',
      /'dr-mail1' is no host of pair mx-hq; its hosts are hq-mail1, hq-mail2/,
    ],
  ])('fails when %s', async (_, change, to, message) => {
    const hosts = new FakeHosts();
    change(hosts);
    await expect(planned(hosts, to)).rejects.toThrow(message);
    expect(hosts.commands).toEqual([]);
  });

  test('fails for a server that there is not', async () => {
    await expect(planned(new FakeHosts(), 'hq-mail2', 'mx9')).rejects.toThrow(
      /there is no mail server 'mx9'; there are/,
    );
  });

  test('fails for a queue on the own disk of its host, and for other software', async () => {
    const local = withServer({ queue: { ...first.queue, storage: { kind: 'local' } } });
    await expect(planned(new FakeHosts(local), 'hq-mail2')).rejects.toThrow(/lies on its own disk/);
    const other = withServer({ software: 'm-switch' });
    await expect(planned(new FakeHosts(other), 'hq-mail2')).rejects.toThrow(
      /is m-switch, which is set up and moved by hand/,
    );
  });

  test('leaves a queue that a cluster moves to the cluster', async () => {
    await expect(planned(new FakeHosts(onHosts), 'hq-mail2')).rejects.toThrow(
      'Heartbeat moves the queue of mx-hq-mail1, with what it lies on: tandem switch mail --to hq-mail2 --group mx-hq-mail1',
    );
  });
});

const first = inContainers.mailServers.find(({ name }) => name === SERVER)!;
const withServer = (change: Partial<typeof first>): Topology => ({
  ...inContainers,
  mailServers: inContainers.mailServers.map((one) => (one.name === SERVER ? { ...one, ...change } : one)),
});

describe('a forced switch of a queue', () => {
  test('lets the peer deliver what a lost server left, once its lock is free', async () => {
    const hosts = new FakeHosts();
    hosts.dies('hq-mail1');
    await forced(hosts);
    expect(hosts.commands).toEqual([`hq-mail2: /usr/local/sbin/tandem-mail-queue start '${SERVER}'`]);
    expect(hosts.questions).toEqual(['let hq-mail2 deliver the queue of mx-hq-mail1?']);
    expect(hosts.said).toContain(
      'nothing that was accepted is lost; what was being delivered may come twice, 100 messages at most',
    );
    await forced(hosts);
    expect(hosts.said.at(-1)).toBe('hq-mail2 serves the queue of mx-hq-mail1 already; nothing to do');
  });

  test.each<[string, (hosts: FakeHosts) => void, RegExp, string | undefined]>([
    ['the owner lives', () => undefined, /hq-mail1 answers: switch without --forced/, undefined],
    [
      'the owner hangs',
      (hosts) => void hosts.hangs.add('hq-mail1'),
      /somebody has the lock of the queue: hq-mail1 lives, or hangs; end it first/,
      undefined,
    ],
    [
      'the peer is lost too',
      (hosts) => ['hq-mail1', 'hq-mail2'].forEach((host) => hosts.dies(host)),
      /hq-mail2 does not answer/,
      undefined,
    ],
    ['another host is confirmed', (hosts) => hosts.dies('hq-mail1'), /--confirm-off names hq-lb1/, 'hq-lb1'],
  ])('fails when %s', async (_, change, message, confirmOff) => {
    const hosts = new FakeHosts();
    change(hosts);
    await expect(forced(hosts, confirmOff)).rejects.toThrow(message);
    expect(hosts.commands).toEqual([]);
  });

  test('fails towards the own host', async () => {
    await expect(forced(new FakeHosts(), undefined, 'hq-mail1')).rejects.toThrow(
      /gets its queue back without --forced/,
    );
  });

  test('wants to know that a host of another kernel is off', async () => {
    const nfs: Topology = {
      ...inContainers,
      sharedVolumes: inContainers.sharedVolumes.map((volume) => ({ ...volume, kind: 'nfs' as const })),
    };
    const hosts = new FakeHosts(nfs);
    hosts.dies('hq-mail1');
    await expect(forced(hosts)).rejects.toThrow(/add --confirm-off hq-mail1/);
    expect(hosts.commands).toEqual([]);
    await forced(hosts, 'hq-mail1');
    expect(hosts.serving[SERVER]).toBe('hq-mail2');
  });

  test('says so when the instance does not start', async () => {
    const hosts = new FakeHosts();
    hosts.dies('hq-mail1');
    hosts.failing.push([/start/, 'no room left']);
    await expect(forced(hosts)).rejects.toThrow(/nobody serves the queue of mx-hq-mail1\n.*no room left/);
  });
});
