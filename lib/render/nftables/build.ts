import type { HeartbeatClusterFacts, NetworkLinkFacts } from '../../topology/cluster';
import { lookup } from '../../topology/lookup';
import type { HostFacts, InterfaceFacts, NetworkFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { backupsOf } from '../backup/backups-of';
import { copyAddress } from '../backup/copy-address';
import { sortedUnique } from '../../topology/order';
import type { AcceptRule, Match, NftablesConfiguration } from './syntax';

/** True for hosts that get a firewall: nodes of clusters and peers of DRBD resources. */
export function hasFirewall(topology: Topology, host: EntityId): boolean {
  const facts = lookup(topology);
  return facts.clustersOf(host).length > 0 || facts.drbdResourcesOf(host).length > 0;
}

/**
 * What a node of a cluster must answer to: administration, the cluster, replication and the clients of its services.
 * Rules name addresses and not interfaces, so that a renamed interface neither locks out the administrator nor cuts
 * the cluster. Ports for the node itself need no rule beyond the loopback interface.
 */
export function build(topology: Topology, host: EntityId): NftablesConfiguration | undefined {
  const facts = lookup(topology);
  const clusters = facts.clustersOf(host);
  if (!hasFirewall(topology, host)) return undefined;
  return {
    source: facts.host(host).path,
    rules: [
      { matches: [{ kind: 'incoming-interface', interface: 'lo' }], comment: 'loopback' },
      { matches: [{ kind: 'protocol', protocols: ['icmp', 'ipv6-icmp'] }], comment: 'ICMP' },
      ...administration(facts.host(host), (id) => facts.network(id)),
      ...clusters.flatMap((cluster) => heartbeat(cluster, host)),
      ...replication(topology, host),
      ...backupCopies(topology, host),
      ...clusters.flatMap((cluster) => clients(topology, cluster)),
    ],
  };
}

function administration(host: HostFacts, network: (id: EntityId) => NetworkFacts): AcceptRule[] {
  const meant = host.interfaces.filter((from: InterfaceFacts) => network(from.network).purpose === 'administration');
  const addresses = sortedUnique((meant.length > 0 ? meant : host.interfaces).map((from) => from.address));
  const ssh: Match = { kind: 'port', protocol: 'tcp', ports: [22] };
  // A host of which no address is known must stay reachable all the same.
  if (addresses.length === 0) return [{ matches: [ssh], comment: 'administration' }];
  return addresses.map((address) => ({
    matches: [{ kind: 'destination', address }, ssh],
    comment: 'administration',
  }));
}

function heartbeat(cluster: HeartbeatClusterFacts, host: EntityId): AcceptRule[] {
  const links = cluster.links.filter(
    (link): link is NetworkLinkFacts => link.kind !== 'serial' && link.ends.some((end) => end.host === host),
  );
  const rules = links.flatMap((link) => {
    const port = link.kind === 'mcast' ? (link.multicast?.port ?? cluster.udpPort) : cluster.udpPort;
    const peers = link.ends.filter((end) => end.host !== host);
    const known = peers.flatMap((end) => end.address ?? []);
    return fromPeers(known.length < peers.length ? [] : known, 'udp', [port], 'heartbeat');
  });
  const multicast = links.some((link) => link.kind === 'mcast');
  return [
    ...rules,
    ...(multicast
      ? [{ matches: [{ kind: 'protocol', protocols: ['igmp'] } as const], comment: 'multicast membership' }]
      : []),
  ];
}

function replication(topology: Topology, host: EntityId): AcceptRule[] {
  const portsByPeers = new Map<string, { peers: readonly string[]; ports: number[] }>();
  for (const resource of lookup(topology).drbdResourcesOf(host)) {
    const peers = sortedUnique(resource.peers.filter((peer) => peer.host !== host).map((peer) => peer.address));
    const entry = portsByPeers.get(peers.join()) ?? { peers, ports: [] };
    entry.ports.push(...resource.peers.filter((peer) => peer.host === host).map((peer) => peer.port));
    portsByPeers.set(peers.join(), entry);
  }
  return [...portsByPeers.values()].flatMap(({ peers, ports }) => fromPeers(peers, 'tcp', ports, 'DRBD'));
}

function backupCopies(topology: Topology, host: EntityId): AcceptRule[] {
  const peers = backupsOf(topology, host)
    .flatMap((backup) => backup.hosts.filter((other) => other !== host))
    .flatMap((peer) => copyAddress(topology, host, peer) ?? []);
  return peers.length === 0 ? [] : fromPeers(sortedUnique(peers), 'tcp', [22], 'copies of dumps');
}

/** Rules of one family each; without any address known the port is open to all. */
function fromPeers(
  addresses: readonly string[],
  protocol: 'tcp' | 'udp',
  ports: readonly number[],
  comment: string,
): AcceptRule[] {
  const port: Match = { kind: 'port', protocol, ports: sortedNumbers(ports) };
  if (addresses.length === 0) return [{ matches: [port], comment }];
  const families = [addresses.filter((address) => !address.includes(':')), addresses.filter((a) => a.includes(':'))];
  return families
    .filter((family) => family.length > 0)
    .map((family) => ({ matches: [{ kind: 'source', addresses: family }, port], comment }));
}

/** Clients reach a group on the networks of its virtual addresses; a group without one on the service networks. */
function clients(topology: Topology, cluster: HeartbeatClusterFacts): AcceptRule[] {
  const facts = lookup(topology);
  const portsByNetwork = new Map<string, { tcp: number[]; udp: number[] }>();
  const serviceNetworks = cluster.nodes
    .flatMap((node) => facts.host(node).interfaces.map((from) => facts.network(from.network)))
    .filter((network) => network.purpose === 'service')
    .map((network) => network.cidr);
  for (const group of cluster.groups) {
    const addressed = group.members.flatMap((member) =>
      member.kind !== 'address'
        ? []
        : member.network === undefined
          ? [member.address]
          : facts.network(member.network).cidr,
    );
    const networks = addressed.length > 0 ? sortedUnique(addressed) : sortedUnique(serviceNetworks);
    const ports = facts.servicesOf(group).flatMap((service) => service.ports.filter((port) => port.from === 'clients'));
    for (const network of networks) {
      const open = portsByNetwork.get(network) ?? { tcp: [], udp: [] };
      for (const { protocol, port } of ports) open[protocol].push(port);
      portsByNetwork.set(network, open);
    }
  }
  return sortedUnique(portsByNetwork.keys()).flatMap((address) =>
    (['tcp', 'udp'] as const).flatMap((protocol) => {
      const ports = sortedNumbers(portsByNetwork.get(address)?.[protocol] ?? []);
      if (ports.length === 0) return [];
      const matches: Match[] = [
        { kind: 'destination', address },
        { kind: 'port', protocol, ports },
      ];
      return [{ matches, comment: 'clients' }];
    }),
  );
}

function sortedNumbers(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
