import type { HeartbeatClusterFacts, ResourceGroupFacts } from '../topology/cluster';
import type { DrbdResourceFacts } from '../topology/drbd';
import { lookup, type TopologyLookup } from '../topology/lookup';
import type { ServiceFacts } from '../topology/service';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';
import type { StepTimes } from './step-times';

/** A service that a cluster runs, with its place. */
export interface PlacedService {
  readonly service: ServiceFacts;
  readonly cluster: HeartbeatClusterFacts;
  readonly group: ResourceGroupFacts;
  /** Place among the group's members, from 0. */
  readonly place: number;
}

/** What predictions read: the topology, its joins, the step times. */
export interface World {
  readonly topology: Topology;
  readonly found: TopologyLookup;
  readonly times: StepTimes;
  /** In start order, group after group. */
  readonly placed: readonly PlacedService[];
  /** The DRBD resources that a group promotes or mounts. */
  resourcesOf(group: ResourceGroupFacts): readonly DrbdResourceFacts[];
  /** The node's name. */
  nameOf(host: EntityId): string;
}

/** Joins a topology for predictions; linear in its size. */
export function worldOf(topology: Topology, times: StepTimes): World {
  const found = lookup(topology);
  const placed = topology.clusters.flatMap((cluster) =>
    cluster.groups.flatMap((group) =>
      group.members.flatMap((member, place) =>
        member.kind === 'service' ? [{ service: found.service(member.service), cluster, group, place }] : [],
      ),
    ),
  );
  const resources = new Map<EntityId, readonly DrbdResourceFacts[]>(
    topology.clusters.flatMap(({ groups }) =>
      groups.map((group) => [group.id, resourceIds(group).map((id) => found.drbdResource(id))] as const),
    ),
  );
  return {
    topology,
    found,
    times,
    placed,
    resourcesOf: (group) => resources.get(group.id) ?? [],
    nameOf: (host) => found.host(host).name,
  };
}

function resourceIds(group: ResourceGroupFacts): readonly EntityId[] {
  const ids = new Set<EntityId>();
  for (const member of group.members) {
    if (member.kind === 'activation') ids.add(member.resource);
    if (member.kind === 'mount' && member.source.kind === 'drbd') ids.add(member.source.resource);
  }
  return [...ids];
}

/** The other node of a pair. */
export function peerOf({ nodes }: HeartbeatClusterFacts, node: EntityId): EntityId | undefined {
  return nodes.find((candidate) => candidate !== node);
}
