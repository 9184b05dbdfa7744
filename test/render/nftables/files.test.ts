import fc from 'fast-check';
import { FormatError } from '../../../lib/render/format-error';
import { files } from '../../../lib/render/nftables/files';
import { print } from '../../../lib/render/nftables/print';
import type { HeartbeatClusterFacts, LinkFacts } from '../../../lib/topology/cluster';
import type { Topology } from '../../../lib/topology/topology';
import { groupwarePair } from '../../support/pair';

const pair = groupwarePair();

function rules(topology: Topology, comment: string, host = 'hq/ox1'): string[] {
  const [file] = files(topology, host);
  const lines = file?.content.split('\n').filter((line) => line.endsWith(`accept comment "${comment}"`)) ?? [];
  return lines.map((line) => line.trim().replace(/ accept comment .*$/, ''));
}

function withCluster(change: (cluster: HeartbeatClusterFacts) => HeartbeatClusterFacts): Topology {
  return { ...pair, clusters: pair.clusters.map(change) };
}

function withLinks(links: readonly LinkFacts[]): Topology {
  return withCluster((cluster) => ({ ...cluster, links }));
}

test('drops what no rule accepts, in a table of its own that replaces itself in one step', () => {
  const [file] = files(pair, 'hq/ox1');
  expect(file?.content).toContain('table inet tandem\ndelete table inet tandem\n\ntable inet tandem {\n');
  expect(file?.content).toContain('hook input priority filter; policy drop;');
  expect(file?.content).not.toContain('flush ruleset');
  expect(file).toMatchObject({
    path: '/etc/nftables.conf',
    checker: 'nft',
    activation: { kind: 'reload', unit: 'nftables.service' },
  });
});

test('without an administration network ssh is open on every address of the host', () => {
  expect(rules(pair, 'administration')).toEqual([
    'ip daddr 192.168.1.161 tcp dport { 22 }',
    'ip daddr 192.168.180.10 tcp dport { 22 }',
  ]);
});

test('with an administration network ssh is open there only', () => {
  const networks = pair.networks.map((network) =>
    network.name === 'lan' ? { ...network, purpose: 'administration' as const } : network,
  );
  expect(rules({ ...pair, networks }, 'administration')).toEqual(['ip daddr 192.168.1.161 tcp dport { 22 }']);
});

test('a host of which no address is known is not locked out', () => {
  const hosts = pair.hosts.map((host) => ({ ...host, interfaces: [] }));
  expect(rules({ ...pair, hosts }, 'administration')).toEqual(['tcp dport { 22 }']);
});

test('takes heartbeats and replication from the addresses of the peer alone', () => {
  expect(rules(pair, 'heartbeat')).toEqual([
    'ip saddr { 192.168.1.162 } udp dport { 694 }',
    'ip saddr { 192.168.180.20 } udp dport { 694 }',
  ]);
  expect(rules(pair, 'DRBD')).toEqual(['ip saddr { 192.168.180.20 } tcp dport { 7788, 7789, 7790, 7791, 7792, 7793 }']);
  expect(rules(pair, 'copies of dumps', 'hq/ox2')).toEqual(['ip saddr { 192.168.180.10 } tcp dport { 22 }']);
});

test('opens the ports for clients on the networks of the virtual addresses, and none that are for the node itself', () => {
  expect(rules(pair, 'clients')).toEqual(['ip daddr 192.168.1.0/24 tcp dport { 25, 80, 143, 389 }']);
  const services = pair.services.map((service) => ({
    ...service,
    ports: service.ports.map((port) => (port.port === 389 ? { ...port, from: 'node' as const } : port)),
  }));
  expect(rules({ ...pair, services }, 'clients')).toEqual(['ip daddr 192.168.1.0/24 tcp dport { 25, 80, 143 }']);
});

test('a group without a virtual address is reached on the service networks', () => {
  const topology = withCluster((cluster) => ({
    ...cluster,
    groups: cluster.groups.map((group) => ({
      ...group,
      members: group.members.filter((member) => member.kind !== 'address'),
    })),
  }));
  expect(rules(topology, 'clients')).toEqual(['ip daddr 192.168.1.0/24 tcp dport { 25, 80, 143, 389 }']);
});

test('takes multicast heartbeats with their own port, and the membership of the group', () => {
  const topology = withLinks([
    {
      kind: 'mcast',
      multicast: { group: '239.0.0.1', port: 1694, ttl: 1, loop: 0 },
      ends: [
        { host: 'hq/ox1', interface: 'eth0', address: '2001:db8::1' },
        { host: 'hq/ox2', interface: 'eth0', address: '2001:db8::2' },
      ],
    },
  ]);
  expect(rules(topology, 'heartbeat')).toEqual(['ip6 saddr { 2001:db8::2 } udp dport { 1694 }']);
  expect(rules(topology, 'multicast membership')).toEqual(['meta l4proto { igmp }']);
});

test('takes heartbeats from anywhere when the address of the peer is not known', () => {
  const ends = [
    { host: 'hq/ox1', interface: 'eth0' },
    { host: 'hq/ox2', interface: 'eth0' },
  ];
  expect(rules(withLinks([{ kind: 'bcast', ends }]), 'heartbeat')).toEqual(['udp dport { 694 }']);
});

test('is not there on a host without cluster and storage', () => {
  expect(files({ ...pair, clusters: [], drbdResources: [] }, 'hq/ox1')).toEqual([]);
});

test('fails for a host name where an address is needed', () => {
  const drbdResources = pair.drbdResources.map((resource) => ({
    ...resource,
    peers: resource.peers.map((peer) => ({ ...peer, address: 'ox2.example.org' })),
  }));
  expect(() => files({ ...pair, drbdResources }, 'hq/ox1')).toThrow(
    /is no IP address or network \("ox2.example.org"\)/,
  );
});

test('an address or interface is accepted as such or refused, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      for (const match of [
        { kind: 'source', addresses: [value] } as const,
        { kind: 'destination', address: value } as const,
        { kind: 'incoming-interface', interface: value } as const,
      ]) {
        let text: string;
        try {
          text = print({ source: 'a', rules: [{ matches: [match], comment: 'test' }] });
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          continue;
        }
        expect(value).toMatch(/^[A-Za-z0-9_.@:/%-]+$/);
        expect(text.split('\n')).toHaveLength(print({ source: 'a', rules: [] }).split('\n').length + 1);
      }
    }),
  );
});
