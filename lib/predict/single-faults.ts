import type { FailureDomainKind } from '../topology/site';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';
import type { Fault } from './fault';

const DOMAIN_FAULTS = {
  switch: 'switch-loss',
  'power-feed': 'power-feed-loss',
  rack: 'rack-loss',
  hypervisor: 'hypervisor-loss',
} as const satisfies Record<FailureDomainKind, Fault['kind']>;

/**
 * Every single fault of a topology's clusters, in the order of the table: nodes, processes, paths, power, disks, sites,
 * what an operator does. The ids (`faultId`) come from the names of the stack, so they stay when something is added.
 */
export function singleFaults(topology: Topology): readonly Fault[] {
  const nodes = [...new Set(topology.clusters.flatMap((cluster) => cluster.nodes))];
  const services = topology.clusters.flatMap((cluster) =>
    cluster.groups.flatMap((group) =>
      group.members.flatMap((member) => (member.kind === 'service' ? [member.service] : [])),
    ),
  );
  return [
    ...nodes.map((host): Fault => ({ kind: 'node-power-cut', host })),
    ...nodes.map((host): Fault => ({ kind: 'node-hang', host })),
    ...services.map((service): Fault => ({ kind: 'process-kill', service })),
    ...services.map((service): Fault => ({ kind: 'process-hang', service })),
    ...networkFaults(topology, new Set(nodes)),
    ...topology.clusters.flatMap((cluster) => [
      ...cluster.links.flatMap((link, index): Fault[] =>
        link.kind === 'serial' ? [{ kind: 'serial-cut', cluster: cluster.id, link: index }] : [],
      ),
      { kind: 'heartbeat-cut', cluster: cluster.id } as const,
    ]),
    ...topology.failureDomains.map(({ kind, id }): Fault => ({ kind: DOMAIN_FAULTS[kind], domain: id })),
    ...diskFaults(topology, nodes),
    ...topology.sites.map((site): Fault => ({ kind: 'site-loss', site: site.id })),
    ...usedDevices(topology).map((device): Fault => ({ kind: 'fencing-device-loss', device })),
    ...[...new Set(topology.clusters.flatMap(({ groups }) => groups.map((group) => group.preferred)))].map(
      (host): Fault => ({ kind: 'planned-switch', host }),
    ),
  ];
}

function networkFaults(topology: Topology, nodes: ReadonlySet<EntityId>): readonly Fault[] {
  const ends = new Map<EntityId, EntityId[]>();
  for (const host of topology.hosts)
    if (nodes.has(host.id))
      for (const network of new Set(host.interfaces.map((item) => item.network)))
        ends.set(network, [...(ends.get(network) ?? []), host.id]);
  return topology.networks.flatMap(({ id }): Fault[] => {
    const hosts = ends.get(id) ?? [];
    if (hosts.length === 0) return [];
    return [
      ...hosts.map((host): Fault => ({ kind: 'network-cut', network: id, host })),
      { kind: 'network-cut', network: id },
    ];
  });
}

function diskFaults(topology: Topology, nodes: readonly EntityId[]): readonly Fault[] {
  const disks = new Map<EntityId, Set<string>>(nodes.map((node) => [node, new Set()]));
  for (const resource of topology.drbdResources)
    for (const volume of resource.volumes)
      for (const { host, physicalDisk } of volume.disks) disks.get(host)?.add(physicalDisk);
  return [
    ...[...disks].flatMap(([host, found]) =>
      [...found].sort().map((disk): Fault => ({ kind: 'disk-error', host, disk })),
    ),
    ...topology.clusters.flatMap((cluster) =>
      cluster.groups.flatMap((group) =>
        group.members.flatMap((member): Fault[] =>
          member.kind === 'mount' ? [{ kind: 'full-disk', group: group.id, directory: member.directory }] : [],
        ),
      ),
    ),
    ...topology.clusters
      .filter(({ groups }) => groups.some(({ members }) => members.some((member) => member.kind === 'activation')))
      .map((cluster): Fault => ({ kind: 'data-disks-destroyed', cluster: cluster.id })),
  ];
}

function usedDevices(topology: Topology): readonly EntityId[] {
  return [...new Set(topology.clusters.flatMap((cluster) => cluster.fencing))].sort();
}
