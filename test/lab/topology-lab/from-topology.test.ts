import { Testing } from 'cdktf';
import { Deployment } from 'tandem-ha';
import { OxColdStandby } from '../../../stacks/ox-cold-standby';
import { planLab } from './from-topology';
import { nodeFiles } from './node-files';

const stack = new OxColdStandby(Testing.app());
const deployment = stack.node.children.find((child): child is Deployment => child instanceof Deployment);
if (!deployment) throw new Error('the stack has no deployment');
const topology = deployment.topology();
const plan = planLab(topology);
const [ox1] = plan.nodes;
if (!ox1) throw new Error('the plan has no node');

test('each network is a bridge with an address for clients that nobody in the topology has', () => {
  expect(plan.networks).toEqual([
    { name: 'lan', bridge: 'br0', client: '192.168.1.254/24' },
    { name: 'link', bridge: 'br1', client: '192.168.180.254/24' },
  ]);
});

test('a node has the interfaces and addresses of its host', () => {
  expect(ox1.name).toBe('ox1');
  expect(ox1.address).toBe('192.168.1.161');
  expect(ox1.interfaces.map(({ name, tap, network, addresses }) => [name, tap, network, addresses])).toEqual([
    ['eth0', 'n1-0', 'lan', ['192.168.1.161/24']],
    ['eth1', 'n1-1', 'link', ['192.168.180.10/24']],
  ]);
});

test('every node has addresses of its own on every level', () => {
  const interfaces = plan.nodes.flatMap((node) => node.interfaces);
  expect(new Set(interfaces.map((i) => i.mac)).size).toBe(interfaces.length);
  expect(new Set(interfaces.map((i) => i.tap)).size).toBe(interfaces.length);
});

test('a disk has the partitions that DRBD uses, by their numbers, without overlap', () => {
  const [disk] = ox1.disks;
  expect(disk?.path).toBe('/dev/sdb');
  expect(disk?.device).toBe('/dev/ubdb');
  expect(disk?.parts.map((part) => part.path)).toEqual([1, 2, 3, 5, 6, 7].map((number) => `/dev/sdb${number}`));
  const parts = disk?.parts ?? [];
  parts.forEach((part, index) => {
    const next = parts[index + 1];
    expect(part.start + part.sectors).toBeLessThanOrEqual(next ? next.start : (disk?.sectors ?? 0));
  });
  expect(ox1.setupDevice).toBe('/dev/ubdc');
});

test('partitions have the size that was asked for', () => {
  const [node] = planLab(topology, { partitionSize: 64 }).nodes;
  expect(node?.disks[0]?.parts.map((part) => part.sectors)).toEqual(Array(6).fill(64 * 2048));
});

test('a serial link is a cable between the ports of its ends', () => {
  expect(plan.cables).toEqual([
    {
      name: 'ox-2',
      baud: 19200,
      ends: [
        { node: 'ox1', port: 0 },
        { node: 'ox2', port: 0 },
      ],
    },
  ]);
});

test('the power switch answers at the addresses of the fencing devices', () => {
  expect(plan.fencing).toEqual([
    { name: 'ox1-ipmi', address: '192.168.1.171', nodes: ['ox1'] },
    { name: 'ox2-ipmi', address: '192.168.1.172', nodes: ['ox2'] },
  ]);
});

test('fails on a fencing device that the lab has no counterpart for', () => {
  const devices = topology.fencingDevices.map((device) => ({ ...device, plugin: 'external/riloe' }));
  expect(() => planLab({ ...topology, fencingDevices: devices })).toThrow(
    /plug-in external\/riloe, which a lab does not know/,
  );
});

test('fails on two hosts of one name', () => {
  const hosts = topology.hosts.map((host) => ({ ...host, name: 'same' }));
  expect(() => planLab({ ...topology, hosts })).toThrow("two hosts are called 'same'");
});

test('a node is told its interfaces and the parts of its disks', () => {
  const file = nodeFiles(plan, ox1).find((candidate) => candidate.path === '/etc/lab/node.conf');
  expect(file?.text.split('\n').slice(0, 5)).toEqual([
    'interface eth0 vec0 192.168.1.161/24',
    'interface eth1 vec1 192.168.180.10/24',
    'disk /dev/sdb /dev/ubdb',
    'partition /dev/sdb1 /dev/ubdb 2048 262144',
    'partition /dev/sdb2 /dev/ubdb 264192 262144',
  ]);
});

test('a service that no package brings has a stand-in on its ports', () => {
  expect(ox1.standIns).toEqual([{ service: 'openexchange', ports: [80] }]);
  const file = nodeFiles(plan, ox1).find((candidate) => candidate.path === '/etc/init.d/openexchange');
  expect(file?.mode).toBe(0o755);
  expect(file?.text).toContain('nc -lk -p 80 ');
});
