import type { SecretRef } from '../../lib/index';
import {
  Deployment,
  DrbdResource,
  FencingDevice,
  HeartbeatCluster,
  Host,
  Network,
  Service,
  SharedVolume,
  Site,
  bcast,
  mcast,
  serial,
} from '../../lib/index';
import { check } from '../../lib/check/run';
import { renderHost } from '../../lib/render/render';
import { buildGroupwarePair } from '../support/pair';

/** Two nodes on one SAN volume (X3): no replication, and fencing is all that keeps one writer away (X4). */
function sharedPair(fenced: boolean): Deployment {
  const d = new Deployment(undefined, 'san', { timeServers: ['192.0.2.1'] });
  const site = new Site(d, 'site');
  const lan = new Network(site, 'lan', { cidr: '192.0.2.0/24' });
  const cable = new Network(site, 'cable', { cidr: '198.51.100.0/24' });
  const node = (name: string, n: number): Host =>
    new Host(site, name, {
      interfaces: { eth0: lan.address(`192.0.2.1${n}`), eth1: cable.address(`198.51.100.1${n}`) },
    });
  const hosts = [node('a', 1), node('b', 2)] as const;
  const volume = new SharedVolume(d, 'mail', { kind: 'san', source: '/dev/disk/by-id/wwn-0x5000c5', hosts });
  const device = new FencingDevice(site, 'power', {
    plugin: 'external/ssh',
    fences: hosts,
    parameters: { hostlist: 'a,b' },
  });
  const cluster = new HeartbeatCluster(d, 'pair', { hosts, links: [lan, cable], fencing: fenced ? [device] : [] });
  const service = new Service(d, 'store', { state: { '/srv/mail': 'messages' } });
  const members = [volume.mountedAt('/srv/mail', 'ext4', { options: 'noatime' }), service];
  cluster.addGroup('mail', { preferred: hosts[0], address: lan.virtualAddress('192.0.2.10'), members });
  return d;
}

test.each([
  [undefined, 'resource-and-stonith'],
  ['B', 'resource-and-stonith'],
  ['A', 'resource-only'],
] as const)('a resource by protocol %s has a fencing policy that DRBD takes (X2, X4)', (protocol, fencing) => {
  const d = new Deployment(undefined, 'far', { timeServers: ['192.0.2.1'] });
  const site = new Site(d, 'site');
  const network = new Network(site, 'link', { cidr: '192.0.2.0/24' });
  const [a, b] = [1, 2].map((n) => new Host(site, `n${n}`, { interfaces: { eth0: network.address(`192.0.2.1${n}`) } }));
  if (!a || !b) throw new Error('no hosts');
  new DrbdResource(d, 'mail', {
    hosts: [a, b],
    network,
    disk: '/dev/sdb1',
    port: 7788,
    ...(protocol === undefined ? {} : { protocol }),
  });
  const topology = d.topology();
  expect(topology.drbdResources[0]?.fencing).toBe(fencing);
  expect(check(topology).map(({ rule }) => rule)).not.toContain('drbd/fencing-protocol');
});

describe('a shared volume (X3)', () => {
  test('is mounted by the group without a promotion', () => {
    const topology = sharedPair(true).topology();
    const files = renderHost(topology, 'site/a');
    const lines = files.find((file) => file.path === '/etc/tandem/group/mail.conf')?.content.split('\n');
    expect(lines).toContain('mount 0 /dev/disk/by-id/wwn-0x5000c5 /srv/mail ext4 noatime');
    expect(lines).not.toContainEqual(expect.stringMatching(/^resource/));
  });

  test('needs fencing as replicated storage does (X4, E5)', () => {
    const rules = (d: Deployment): readonly string[] => check(d.topology()).map((finding) => finding.rule);
    expect(rules(sharedPair(false))).toContain('cluster/fencing');
    expect(rules(sharedPair(true))).not.toContain('cluster/fencing');
  });

  test('fails for a source that is no device or export', () => {
    const { deployment, ox1 } = buildGroupwarePair();
    const hosts = [ox1];
    expect(() => new SharedVolume(deployment, 'x', { kind: 'san', source: 'sdb', hosts })).toThrow(
      /value\/device: source/,
    );
    expect(() => new SharedVolume(deployment, 'y', { kind: 'nfs', source: '/srv', hosts })).toThrow(
      /value\/nfs-export/,
    );
  });
});

describe('links', () => {
  test('of every kind reach ha.cf', () => {
    const { lan, link } = buildGroupwarePair();
    expect(bcast(lan)).toMatchObject({ kind: 'bcast' });
    expect(mcast(link, '239.0.0.1').multicast).toEqual({ group: '239.0.0.1', port: 694, ttl: 1, loop: 0 });
    expect(serial('/dev/ttyS1', 9600)).toEqual({ kind: 'serial', device: '/dev/ttyS1', baud: 9600 });
  });

  test('fails for a serial port that is no device', () => {
    expect(() => serial('ttyS0')).toThrow(/value\/device/);
  });
});

describe('a fencing device', () => {
  const device = (parameters: Record<string, string | SecretRef>): (() => unknown) => {
    const { site, ox1 } = buildGroupwarePair();
    return () => new FencingDevice(site, 'more', { plugin: 'external/ipmi', fences: [ox1], parameters });
  };

  test('fails for parameters that the plugin does not take, or a gap among those it takes', () => {
    expect(device({ hostname: 'ox1', port: '1' })).toThrow('unknown port');
    expect(device({ hostname: 'ox1', userid: 'ha' })).toThrow('missing ipaddr');
  });

  test('fails for a parameter that ha.cf would read as two words', () => {
    expect(device({ hostname: 'ox1 ox2' })).toThrow(/fencing\/parameter: hostname: a parameter must be one word/);
  });
});

test('an acknowledged warning is listed with its reason and no longer counts', () => {
  const { deployment, cluster } = buildGroupwarePair({}, { autoFailback: 'on' });
  cluster.acknowledge('cluster/auto-failback', 'the second node is much slower');
  const finding = check(deployment.topology()).find((found) => found.rule === 'cluster/auto-failback');
  expect(finding).toMatchObject({ severity: 'warning', acknowledged: 'the second node is much slower' });
});
