import type { HeartbeatClusterFacts } from '../../topology/cluster';
import { by } from '../../topology/order';
import type { DirectoryFacts } from '../../topology/replication';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId } from '../../topology/units';

/** Hosts of one target that take new files in turn, because together they keep something running. */
export interface ActivationGroup {
  readonly kind: 'cluster' | 'directory';
  /** Of the cluster, or of the first of the directories. */
  readonly name: string;
  readonly path: ConstructPath;
  /** In the order of their turns. */
  readonly hosts: readonly HostFacts[];
}

/**
 * The groups of a target. A host whose peers belong to other targets is on its own: the order is then that of the stacks.
 * A directory server on the node of a cluster takes its files with the cluster.
 */
export function activationGroups(topology: Topology, hosts: readonly HostFacts[]): ActivationGroup[] {
  const clusters = clusterGroups(topology, hosts);
  const taken = new Set(clusters.flatMap((group) => group.hosts));
  return [
    ...clusters,
    ...directoryGroups(
      topology,
      hosts.filter((host) => !taken.has(host)),
    ),
  ];
}

function clusterGroups(topology: Topology, hosts: readonly HostFacts[]): ActivationGroup[] {
  const byId = new Map(hosts.map((host) => [host.id, host]));
  return topology.clusters.flatMap((cluster) => {
    const nodes = cluster.nodes.flatMap((node) => byId.get(node) ?? []);
    const { name, path } = cluster;
    return nodes.length < 2 ? [] : [{ kind: 'cluster' as const, name, path, hosts: standbyFirst(cluster, nodes) }];
  });
}

/** The node that is preferred by the fewest groups works the least, so it shows first whether the files are good. */
function standbyFirst(cluster: HeartbeatClusterFacts, nodes: readonly HostFacts[]): HostFacts[] {
  const groups = (host: EntityId): number => cluster.groups.filter((group) => group.preferred === host).length;
  return nodes
    .map((host, index) => ({ host, index, groups: groups(host.id) }))
    .sort((a, b) => a.groups - b.groups || b.index - a.index)
    .map(({ host }) => host);
}

/** Directories that share a server share its turn, so all of their servers are one group. */
function directoryGroups(topology: Topology, hosts: readonly HostFacts[]): ActivationGroup[] {
  const hostsOf = hostsByDirectory(topology, hosts);
  const groups: { readonly first: DirectoryFacts; readonly hosts: Set<HostFacts> }[] = [];
  for (const directory of [...topology.directories].sort(by(({ id }) => id))) {
    const own = new Set(hostsOf.get(directory.id));
    const joined = groups.filter((group) => [...own].some((host) => group.hosts.has(host)));
    const first = joined[0]?.first ?? directory;
    for (const group of joined) {
      for (const host of group.hosts) own.add(host);
      groups.splice(groups.indexOf(group), 1);
    }
    groups.push({ first, hosts: own });
  }
  return groups
    .filter((group) => group.hosts.size > 1)
    .map(({ first, hosts: members }) => ({
      kind: 'directory' as const,
      name: first.name,
      path: first.path,
      hosts: leastNeededFirst(topology, [...members]),
    }));
}

function hostsByDirectory(topology: Topology, hosts: readonly HostFacts[]): Map<EntityId, readonly HostFacts[]> {
  const byId = new Map(hosts.map((host) => [host.id, host]));
  const hostOf = new Map(topology.directoryServers.map((server) => [server.id, byId.get(server.host)]));
  const found = new Map<EntityId, readonly HostFacts[]>();
  for (const { directory, server } of topology.replicas) {
    const host = hostOf.get(server);
    if (host) found.set(directory, [...(found.get(directory) ?? []), host]);
  }
  return found;
}

/** Hosts of directory servers: who takes writes comes last, so whoever only reads shows first whether the files are good. */
export function leastNeededFirst(topology: Topology, hosts: readonly HostFacts[]): HostFacts[] {
  const roles = ['consumer', 'hub', 'mirror', 'supplier'] as const;
  const preferred = new Set(topology.multiMasterGroups.map((group) => group.preferredWriter));
  const need = (host: HostFacts): number => {
    const servers = topology.directoryServers.filter((server) => server.host === host.id).map(({ id }) => id);
    const replicas = topology.replicas.filter(({ server }) => servers.includes(server));
    const most = Math.max(...replicas.map(({ role }) => roles.indexOf(role)));
    return servers.some((server) => preferred.has(server)) ? roles.length : most;
  };
  return hosts
    .map((host) => ({ host, need: need(host) }))
    .sort((a, b) => a.need - b.need || by<HostFacts>(({ id }) => id)(a.host, b.host))
    .map(({ host }) => host);
}
