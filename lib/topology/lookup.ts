import type { HeartbeatClusterFacts, ResourceGroupFacts } from './cluster';
import type { DrbdResourceFacts } from './drbd';
import type { ServiceFacts } from './service';
import type { HostFacts, NetworkFacts } from './site';
import type { Topology } from './topology';
import type { EntityId } from './units';

/** Maps by id and the joins that rules and renderers share; made once per topology. */
export interface TopologyLookup {
  host(id: EntityId): HostFacts;
  network(id: EntityId): NetworkFacts;
  drbdResource(id: EntityId): DrbdResourceFacts;
  service(id: EntityId): ServiceFacts;
  /** The clusters a host is a node of, in the topology's order. */
  clustersOf(host: EntityId): readonly HeartbeatClusterFacts[];
  /** The DRBD resources a host is a peer of, in the topology's order. */
  drbdResourcesOf(host: EntityId): readonly DrbdResourceFacts[];
  /** The group that starts a service. */
  groupOf(
    service: EntityId,
  ): { readonly cluster: HeartbeatClusterFacts; readonly group: ResourceGroupFacts } | undefined;
  /** The services of a group in start order. */
  servicesOf(group: ResourceGroupFacts): readonly ServiceFacts[];
}

const lookups = new WeakMap<Topology, TopologyLookup>();

/** The lookup of a topology. Throws for an id that the topology does not hold. */
export function lookup(topology: Topology): TopologyLookup {
  const known = lookups.get(topology);
  if (known) return known;
  const made = build(topology);
  lookups.set(topology, made);
  return made;
}

function build(topology: Topology): TopologyLookup {
  const hosts = byId('host', topology.hosts);
  const networks = byId('network', topology.networks);
  const drbdResources = byId('DRBD resource', topology.drbdResources);
  const services = byId('service', topology.services);
  const clustersByHost = groupBy(topology.clusters, (cluster) => cluster.nodes);
  const resourcesByHost = groupBy(topology.drbdResources, (resource) => resource.peers.map((peer) => peer.host));
  const groups = new Map<EntityId, { cluster: HeartbeatClusterFacts; group: ResourceGroupFacts }>();
  for (const cluster of topology.clusters)
    for (const group of cluster.groups)
      for (const member of group.members) if (member.kind === 'service') groups.set(member.service, { cluster, group });
  return {
    host: hosts,
    network: networks,
    drbdResource: drbdResources,
    service: services,
    clustersOf: (host) => clustersByHost.get(host) ?? [],
    drbdResourcesOf: (host) => resourcesByHost.get(host) ?? [],
    groupOf: (service) => groups.get(service),
    servicesOf: (group) =>
      group.members.flatMap((member) => (member.kind === 'service' ? [services(member.service)] : [])),
  };
}

/** Entities by id; asked for an id that is not there it throws, naming the kind. */
export function byId<T extends { readonly id: EntityId }>(kind: string, entities: readonly T[]): (id: EntityId) => T {
  const map = new Map(entities.map((entity) => [entity.id, entity]));
  return (id) => {
    const entity = map.get(id);
    if (!entity) throw new Error(`the topology holds no ${kind} '${id}'`);
    return entity;
  };
}

/** Entities by each of their keys, in their order. */
export function groupBy<T>(
  entities: readonly T[],
  keys: (entity: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const map = new Map<string, T[]>();
  for (const entity of entities)
    for (const key of keys(entity)) {
      const list = map.get(key);
      if (list) list.push(entity);
      else map.set(key, [entity]);
    }
  return map;
}
