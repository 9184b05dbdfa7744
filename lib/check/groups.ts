import type {
  GroupMemberFacts,
  HeartbeatClusterFacts,
  MountMemberFacts,
  ResourceGroupFacts,
} from '../topology/cluster';
import type { DrbdResourceFacts } from '../topology/drbd';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';
import { byId } from './collections';

/** A member of a group with its place in the start order. */
export interface PlacedMember<T extends GroupMemberFacts = GroupMemberFacts> {
  readonly cluster: HeartbeatClusterFacts;
  readonly group: ResourceGroupFacts;
  readonly member: T;
  /** Place in the start order, from 0. */
  readonly place: number;
}

/** Every group of every cluster. */
export function groupsOf(
  topology: Topology,
): readonly { readonly cluster: HeartbeatClusterFacts; readonly group: ResourceGroupFacts }[] {
  return topology.clusters.flatMap((cluster) => cluster.groups.map((group) => ({ cluster, group })));
}

/** The members of one kind of all groups of a cluster, in start order. */
export function membersOf<K extends GroupMemberFacts['kind']>(
  cluster: HeartbeatClusterFacts,
  kind: K,
): readonly PlacedMember<Extract<GroupMemberFacts, { kind: K }>>[] {
  return cluster.groups.flatMap((group) => groupMembers(cluster, group, kind));
}

/** The members of one kind of one group, in start order. */
export function groupMembers<K extends GroupMemberFacts['kind']>(
  cluster: HeartbeatClusterFacts,
  group: ResourceGroupFacts,
  kind: K,
): readonly PlacedMember<Extract<GroupMemberFacts, { kind: K }>>[] {
  return group.members.flatMap((member, place) => (isKind(member, kind) ? [{ cluster, group, member, place }] : []));
}

function isKind<K extends GroupMemberFacts['kind']>(
  member: GroupMemberFacts,
  kind: K,
): member is Extract<GroupMemberFacts, { kind: K }> {
  return member.kind === kind;
}

/** The mounts of a group, found by directory. */
export interface MountTable {
  /** The mount with the longest directory that a path lies on. */
  covering(path: string): PlacedMember<MountMemberFacts> | undefined;
  /** The mount that the mount point itself lies on. */
  above(mount: MountMemberFacts): PlacedMember<MountMemberFacts> | undefined;
}

/** The table of a group's mounts; the first of two mounts on one directory counts. */
export function mountTable(cluster: HeartbeatClusterFacts, group: ResourceGroupFacts): MountTable {
  const mounts = new Map<string, PlacedMember<MountMemberFacts>>();
  for (const mount of groupMembers(cluster, group, 'mount'))
    if (!mounts.has(normal(mount.member.directory))) mounts.set(normal(mount.member.directory), mount);
  const find = (directories: readonly string[]): PlacedMember<MountMemberFacts> | undefined => {
    for (const directory of directories) {
      const mount = mounts.get(directory);
      if (mount) return mount;
    }
    return undefined;
  };
  return {
    covering: (path) => find(ancestors(path)),
    above: (mount) => find(ancestors(mount.directory).slice(1)),
  };
}

/** The directory itself and all above it, the longest first. */
function ancestors(path: string): readonly string[] {
  const directories: string[] = [];
  for (let directory = normal(path); directory !== ''; directory = directory.slice(0, directory.lastIndexOf('/')))
    directories.push(directory);
  return [...directories, '/'];
}

/** The directory without a slash at its end, so that `/srv` and `/srv/` are one. */
function normal(path: string): string {
  return path.replace(/\/+$/, '') || '/';
}

/** The DRBD resources that a cluster promotes or mounts, each once, in start order. */
export function clusterResources(topology: Topology, cluster: HeartbeatClusterFacts): readonly DrbdResourceFacts[] {
  const resources = resourceMap(topology);
  const ids = new Set<EntityId>();
  for (const group of cluster.groups)
    for (const member of group.members) {
      if (member.kind === 'activation') ids.add(member.resource);
      if (member.kind === 'mount' && member.source.kind === 'drbd') ids.add(member.source.resource);
    }
  return [...ids].flatMap((id) => resources.get(id) ?? []);
}

const resourceMaps = new WeakMap<Topology, ReadonlyMap<EntityId, DrbdResourceFacts>>();

function resourceMap(topology: Topology): ReadonlyMap<EntityId, DrbdResourceFacts> {
  const known = resourceMaps.get(topology);
  if (known) return known;
  const made = byId(topology.drbdResources);
  resourceMaps.set(topology, made);
  return made;
}

/** The resources that any cluster promotes or mounts. */
export function clusteredResources(topology: Topology): readonly DrbdResourceFacts[] {
  return [...new Set(topology.clusters.flatMap((cluster) => clusterResources(topology, cluster)))];
}
