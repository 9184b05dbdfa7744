import type { HeartbeatClusterFacts, LinkFacts } from '../topology/cluster';
import type { DrbdResourceFacts } from '../topology/drbd';
import { lookup } from '../topology/lookup';
import type { InterfaceFacts } from '../topology/site';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';

/**
 * The things whose failure interrupts a heartbeat link: the network (one cable or broadcast domain), its switches, the
 * interface and the card of each end; the port of a serial line. Each is named in words that a message can show.
 */
export function causesOfLink(topology: Topology, link: LinkFacts): ReadonlySet<string> {
  if (link.kind === 'serial')
    return new Set(link.ends.map((end) => `serial port ${end.device} of ${hostName(topology, end.host)}`));
  const causes = new Set<string>(networkCauses(topology, link.network));
  for (const end of link.ends) {
    for (const cause of endCauses(topology, end.host, end.interface)) causes.add(cause);
    if (end.address !== undefined) causes.add(`address ${end.address}`);
    // A file names an interface once for both nodes.
    if (topology.origin === 'files') causes.add(`interface ${end.interface}`);
  }
  return causes;
}

/** The things whose failure interrupts the replication of a resource. */
export function causesOfReplication(topology: Topology, resource: DrbdResourceFacts): ReadonlySet<string> {
  const causes = new Set<string>(networkCauses(topology, replicationNetwork(topology, resource)));
  for (const peer of resource.peers) {
    causes.add(`address ${peer.address}`);
    const carrier = interfaceWith(topology, peer.host, peer.address);
    if (!carrier) continue;
    for (const cause of endCauses(topology, peer.host, carrier.name)) causes.add(cause);
    if (topology.origin === 'files') causes.add(`interface ${carrier.name}`);
  }
  return causes;
}

/** The network of a resource's replication link: as declared, else by the address of its first peer. */
export function replicationNetwork(topology: Topology, resource: DrbdResourceFacts): EntityId | undefined {
  if (resource.network !== undefined) return resource.network;
  const peer = resource.peers[0];
  return peer && interfaceWith(topology, peer.host, peer.address)?.network;
}

/** A cause that two sets share. */
export function sharedCause(one: ReadonlySet<string>, other: ReadonlySet<string>): string | undefined {
  return [...one].find((cause) => other.has(cause));
}

/** What the first two links of a cluster or pair share, or undefined when two of its links share nothing. */
export function commonCauseOfLinks(
  topology: Topology,
  cluster: Pick<HeartbeatClusterFacts, 'links'>,
): string | undefined {
  const links = cluster.links.map((link) => causesOfLink(topology, link));
  let shared: string | undefined;
  for (const [index, one] of links.entries())
    for (const other of links.slice(index + 1)) {
      const cause = sharedCause(one, other);
      if (cause === undefined) return undefined;
      shared ??= cause;
    }
  return shared;
}

/** How a message names a link. */
export function describeLink(topology: Topology, link: LinkFacts): string {
  if (link.kind === 'serial') return `serial ${link.ends[0]?.device ?? ''}`.trim();
  if (link.network !== undefined) return `${link.kind} ${lookup(topology).network(link.network).name}`;
  const end = link.ends[0];
  return [link.kind, end?.interface, end?.address].filter((word) => word !== undefined).join(' ');
}

function networkCauses(topology: Topology, network: EntityId | undefined): readonly string[] {
  if (network === undefined) return [];
  return [
    `network ${network}`,
    ...lookup(topology)
      .network(network)
      .switches.map((id) => `switch ${id}`),
  ];
}

function endCauses(topology: Topology, host: EntityId, name: string): readonly string[] {
  const facts = lookup(topology).host(host);
  const card = facts.interfaces.find((candidate) => candidate.name === name)?.card;
  return [`interface ${name} of ${facts.name}`, ...(card === undefined ? [] : [`card ${card} of ${facts.name}`])];
}

function interfaceWith(topology: Topology, host: EntityId, address: string): InterfaceFacts | undefined {
  return lookup(topology)
    .host(host)
    .interfaces.find((candidate) => candidate.address === address);
}

function hostName(topology: Topology, host: EntityId): string {
  return lookup(topology).host(host).name;
}
