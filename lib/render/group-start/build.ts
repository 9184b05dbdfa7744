import type { MountMemberFacts, ResourceGroupFacts } from '../../topology/cluster';
import { depthBelow } from '../../topology/directory';
import { joinedMembers } from '../../topology/group-steps';
import { lookup } from '../../topology/lookup';
import { unitsOf } from '../../topology/service-units';
import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId } from '../../topology/units';

/** A file system as the resource script mounts it. */
export interface GroupMount {
  /** How many mounts of the group it lies below: all of one depth are mounted at the same time. */
  readonly depth: number;
  readonly device: string;
  readonly directory: string;
  readonly fileSystem: string;
  readonly options?: string;
}

/** What the resource script knows of one group. */
export interface GroupStartFacts {
  readonly source: ConstructPath;
  readonly name: string;
  /** Names of DRBD resources, each once. */
  readonly resources: readonly string[];
  /** Sorted by depth, then as the group has them. */
  readonly mounts: readonly GroupMount[];
  /** The units of each service, in start order. */
  readonly services: readonly (readonly string[])[];
}

/** The groups of a host that start together, sorted as the cluster has them. The same on both nodes (X16). */
export function build(topology: Topology, host: EntityId): readonly GroupStartFacts[] {
  return lookup(topology)
    .clustersOf(host)
    .flatMap((cluster) => cluster.groups)
    .filter((group) => joinedMembers(group).length > 0)
    .map((group) => startOf(topology, group));
}

function startOf(topology: Topology, group: ResourceGroupFacts): GroupStartFacts {
  const facts = lookup(topology);
  const members = joinedMembers(group);
  const mounts = members.filter((member) => member.kind === 'mount');
  const directories = mounts.map((mount) => mount.directory);
  return {
    source: group.path,
    name: group.name,
    resources: [
      ...new Set(
        members.flatMap((member) => (member.kind === 'activation' ? [facts.drbdResource(member.resource).name] : [])),
      ),
    ],
    mounts: mounts.map((mount) => mountFacts(mount, directories)).sort((a, b) => a.depth - b.depth),
    services: facts.servicesOf(group).map(unitsOf),
  };
}

function mountFacts(mount: MountMemberFacts, directories: readonly string[]): GroupMount {
  const { device, fileSystem, options } = mount;
  const directory = withoutSlash(mount.directory);
  return { depth: depthBelow(directory, directories), device, directory, fileSystem, options };
}

/** The kernel names mount points without a slash at the end. */
const withoutSlash = (directory: string): string => directory.replace(/(?<=.)\/+$/u, '');
