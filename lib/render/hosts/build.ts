import { lookup } from '../../topology/lookup';
import { mailGraph } from '../../topology/mail-graph';
import type { HostFacts, InterfaceFacts, NetworkFacts, NetworkPurpose } from '../../topology/site';
import type { DirectoryServerFacts } from '../../topology/replication';
import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId } from '../../topology/units';
import { byCodeUnits, sortedUnique } from '../../topology/order';
import { FormatError } from '../format-error';

/** One line of hosts(5). */
export interface HostsEntry {
  readonly address: string;
  readonly names: readonly string[];
}

/** The file `/etc/hosts`. */
export interface HostsFile {
  readonly source: ConstructPath;
  /** Without those of the loopback interface; sorted by first name, then address. */
  readonly entries: readonly HostsEntry[];
}

/** A host's bare name stands for its interface on the first of these that it has. */
const PURPOSES: readonly NetworkPurpose[] = ['service', 'administration', 'heartbeat', 'replication'];

/**
 * The names that both nodes of a pair use: nodes and virtual addresses of every cluster and DRBD resource that the host
 * takes part in, the other servers of its directories, and those that its mail servers ask. The file is the same on each of them (X16), so it names the deployment as its source.
 */
export function build(topology: Topology, host: EntityId): HostsFile {
  const facts = lookup(topology);
  const clusters = facts.clustersOf(host);
  const members = sortedUnique([
    host,
    ...clusters.flatMap((cluster) => cluster.nodes),
    ...facts.drbdResourcesOf(host).flatMap((resource) => resource.peers.map((peer) => peer.host)),
    ...directoryServersWith(topology, host).map((server) => server.host),
  ]);
  const hosts = members.flatMap((id) => hostEntries(facts.host(id), (network) => facts.network(network)));
  const virtual = clusters.flatMap((cluster) =>
    cluster.groups.flatMap((group) =>
      group.members.flatMap((member) =>
        member.kind === 'address' ? [{ owner: group.path, address: member.address, name: group.name }] : [],
      ),
    ),
  );
  const servers = directoryServersWith(topology, host).flatMap((server) => {
    const [primary] = hostEntries(facts.host(server.host), (network) => facts.network(network));
    return primary && primary.name !== server.hostname ? [{ ...primary, name: server.hostname }] : [];
  });
  const named = [...hosts, ...virtual, ...servers];
  refuseSharedNames(topology.path, named);
  const entries = named
    .map(({ address, name }) => ({ address, names: [name] }))
    .sort((a, b) => byCodeUnits(a.names.join(), b.names.join()) || byCodeUnits(a.address, b.address));
  return { source: topology.path, entries };
}

/** The servers of the directories that a host keeps copies of, its own among them. */
function directoryServersWith(topology: Topology, host: EntityId): readonly DirectoryServerFacts[] {
  const own = new Set(topology.directoryServers.filter((server) => server.host === host).map(({ id }) => id));
  const kept = new Set([
    ...topology.replicas.filter(({ server }) => own.has(server)).map(({ directory }) => directory),
    ...lookedUpOn(topology, host),
  ]);
  const others = new Set(topology.replicas.filter(({ directory }) => kept.has(directory)).map(({ server }) => server));
  return topology.directoryServers.filter(({ id }) => others.has(id));
}

interface NamedAddress {
  readonly owner: ConstructPath;
  readonly address: string;
  readonly name: string;
}

function hostEntries(host: HostFacts, network: (id: EntityId) => NetworkFacts): NamedAddress[] {
  const rank = (from: InterfaceFacts): number => PURPOSES.indexOf(network(from.network).purpose);
  const ordered = [...host.interfaces].sort((a, b) => rank(a) - rank(b) || byCodeUnits(a.name, b.name));
  return ordered.map((from, index) => ({
    owner: host.path,
    address: from.address,
    name: index === 0 ? host.name : nameOn(host.name, network(from.network).name),
  }));
}

/** `ox1` on network `link` is `ox1-link`, `ox1.example.org` is `ox1-link.example.org`. */
function nameOn(host: string, network: string): string {
  const dot = host.indexOf('.');
  return dot < 0 ? `${host}-${network}` : `${host.slice(0, dot)}-${network}${host.slice(dot)}`;
}

function refuseSharedNames(path: ConstructPath, named: readonly NamedAddress[]): void {
  const owners = new Map<string, ConstructPath>();
  for (const { name, owner } of named) {
    const other = owners.get(name) ?? owner;
    if (other !== owner) {
      throw new FormatError(
        {
          format: 'hosts',
          what: 'a name',
          problem: `stands for ${other} and for ${owner}`,
          remedy: 'give one of them another name',
          value: name,
        },
        path,
      );
    }
    owners.set(name, owner);
  }
}

/** The directories that a mail server of the host asks about addresses. */
const lookedUpOn = (topology: Topology, host: EntityId): readonly EntityId[] =>
  topology.mailPairs.flatMap((pair) =>
    pair.configuration.kind === 'directory' && mailGraph(topology).hostsOf(pair).includes(host)
      ? [pair.configuration.directory]
      : [],
  );
