import { accepts, finds, findsAll, type RuleCase } from '../rule-case';
import { asFiles, pair, serialLink, withCluster, withHost, withMember, withNetwork, withResource } from '../fixtures';
import type { DrbdResourceFacts } from '../../../lib/topology/drbd';
import type { HostFacts, InterfaceFacts } from '../../../lib/topology/site';

const ox2 = 'groupware/hq/ox2';
const group = 'groupware/ox/groupware';
const eth =
  (index: number, change: Partial<InterfaceFacts>) =>
  (host: HostFacts): Partial<HostFacts> => ({
    interfaces: host.interfaces.map((own, at) => (at === index ? { ...own, ...change } : own)),
  });
const virtual = (change: object): typeof pair =>
  withMember('address 192.168.1.160', (member) => ({ ...member, ...change }) as never);
const gibibyte = 1024 ** 3;
const sized = (resource: DrbdResourceFacts): Partial<DrbdResourceFacts> => ({
  volumes: resource.volumes.map((volume) => ({ ...volume, size: 20 * gibibyte })),
});
const disk = (device: string, size: number): typeof pair =>
  withHost('hq/ox2', { disks: [{ device, size }] }, withResource('queue', sized, withResource('ldap', sized)));

export const hostCases: readonly RuleCase[] = [
  accepts('host/unique-name', 'the names differ', pair),
  finds('host/unique-name', 'two hosts have one name', withHost('hq/ox2', { name: 'ox1' }), ox2, /\(ox1\)/),
  accepts('host/clock', 'time servers are named', pair),
  accepts('host/clock', 'files do not show the clock', asFiles(withHost('hq/ox2', { timeServers: [] }))),
  finds(
    'host/clock',
    'no time server is named',
    withHost('hq/ox2', { timeServers: [] }),
    ox2,
    /not synchronised \(ox2\)/,
  ),
  accepts('host/disk-missing', 'the disk is declared', disk('/dev/sdb', 100 * gibibyte)),
  findsAll(
    'host/disk-missing',
    'only another disk is declared',
    withHost('hq/ox2', { disks: [{ device: '/dev/sda' }] }, { ...pair, drbdResources: pair.drbdResources.slice(0, 1) }),
    { path: 'groupware/database', text: /ox2 does not have \(\/dev\/sdb2 on \/dev\/sdb\); .*\/dev\/sda/ },
  ),
  accepts('host/disk-size', 'the volumes fit', disk('/dev/sdb', 40 * gibibyte)),
  finds('host/disk-size', 'the volumes do not fit', disk('/dev/sdb', 30 * gibibyte), ox2, /\(40 GiB, 30 GiB\)/),
  accepts('host/serial-port-missing', 'both nodes have the port', pair),
  finds(
    'host/serial-port-missing',
    'a node lacks the port',
    withHost('hq/ox2', { serialPorts: [] }),
    'groupware/ox',
    /ox2 lacks .*\(\/dev\/ttyS0\)/,
  ),
  finds(
    'host/serial-port-missing',
    'the cable ends nowhere',
    withCluster({ links: [{ ...serialLink, ends: serialLink.ends.slice(0, 1) }] }),
    'groupware/ox',
    /no end on this node/,
  ),
  accepts('host/interface-missing', 'each node is in both networks', pair),
  accepts('host/interface-missing', 'files show no interface', asFiles(withHost('hq/ox2', { interfaces: [] }))),
  findsAll(
    'host/interface-missing',
    'a node is not in the network of clients',
    withHost('hq/ox2', (host) => ({ interfaces: host.interfaces.slice(1) })),
    { path: 'groupware/ox', text: /ox2 has no interface in the network of a heartbeat link \(hq\/lan\)/ },
    { path: `${group}/address 192.168.1.160`, text: /ox2 .* virtual address \(hq\/lan\)/ },
  ),
  finds(
    'host/interface-missing',
    'no interface has the address of a resource',
    withResource('queue', (resource) => ({
      peers: resource.peers.map((peer) => ({ ...peer, address: peer.address.replace(/\.20$/, '.21') })),
    })),
    'groupware/queue',
    /no interface of ox2 .*\(192\.168\.180\.21\)/,
  ),
  accepts('network/unique-address', 'all addresses differ', pair),
  finds(
    'network/unique-address',
    'two hosts have one address',
    withHost('hq/ox2', eth(0, { address: '192.168.1.161' })),
    ox2,
    /groupware\/hq\/ox1 already has/,
  ),
  finds(
    'network/unique-address',
    'a virtual address is that of a host',
    virtual({ address: '192.168.1.162' }),
    `${group}/address 192.168.1.160`,
    /\(192\.168\.1\.162\)/,
  ),
  accepts(
    'network/unique-address',
    'two separate networks use one range',
    withNetwork('hq/link', { cidr: '192.168.1.0/24' }, withHost('hq/ox2', eth(1, { address: '192.168.1.161' }))),
  ),
  accepts('network/address-in-network', 'all addresses are in their networks', pair),
  finds(
    'network/address-in-network',
    'a host is outside',
    withHost('hq/ox2', eth(0, { address: '192.168.2.162' })),
    ox2,
    /not in network lan \(192\.168\.2\.162, 192\.168\.1\.0\/24\)/,
  ),
  finds(
    'network/address-in-network',
    'a virtual address is outside',
    virtual({ address: '10.0.0.1' }),
    `${group}/address 192.168.1.160`,
    /not in network lan/,
  ),
  finds(
    'network/address-in-network',
    'the prefix length is another',
    virtual({ prefixLength: 16 }),
    `${group}/address 192.168.1.160`,
    /192\.168\.1\.160\/16/,
  ),
  accepts(
    'network/reserved-address',
    'a network of two addresses has no reserved one',
    withNetwork('hq/lan', { cidr: '192.168.1.162/31' }, withHost('hq/ox2', eth(0, { address: '192.168.1.162' }))),
  ),
  finds(
    'network/reserved-address',
    'a host has the broadcast address',
    withHost('hq/ox2', eth(0, { address: '192.168.1.255' })),
    ox2,
    /broadcast address of lan/,
  ),
  finds(
    'network/reserved-address',
    'a group has the address of the network',
    virtual({ address: '192.168.1.0' }),
    `${group}/address 192.168.1.160`,
    /192\.168\.1\.0, /,
  ),
  accepts('network/overlap', 'the networks differ', pair),
  findsAll(
    'network/overlap',
    'one network contains the other',
    withNetwork('hq/lan', { cidr: '192.168.0.0/16' }),
    { path: 'groupware/hq/ox1', text: /lan and link .*\(192\.168\.0\.0\/16, 192\.168\.180\.0\/24\)/ },
    { path: ox2, text: /overlap/ },
  ),
];
