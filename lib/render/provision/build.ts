import type { HeartbeatClusterFacts, ResourceGroupFacts } from '../../topology/cluster';
import type { DrbdResourceFacts } from '../../topology/drbd';
import { lookup } from '../../topology/lookup';
import { byCodeUnits } from '../../topology/order';
import type { Topology } from '../../topology/topology';
import type { ConstructPath } from '../../topology/units';
import { FormatError } from '../format-error';
import { mountCovering } from '../systemd/mounts';
import { directoriesOf, type StateDirectory } from './directories';
import { deviceName, pathBelow, plainPath, word } from './words';

/** One replica of a DRBD volume: the backing device on one host. */
export interface ProvisionedVolume {
  readonly host: string;
  readonly resource: string;
  readonly number: number;
  /** For instance `/dev/drbd0`. */
  readonly device: string;
  /** For instance `/dev/sdb1`. */
  readonly disk: string;
  /** `internal`, or the device of the metadata without its index. */
  readonly metaDisk: string;
}

/** A file system that a group mounts, and what has to lie below it before the group's services start. */
export interface ProvisionedMount {
  readonly group: string;
  readonly resource: string;
  readonly number: number;
  readonly device: string;
  readonly fileSystem: string;
  readonly directory: string;
  readonly contents: readonly ProvisionedDirectory[];
}

/** A directory below a mount. */
export interface ProvisionedDirectory extends StateDirectory {
  /** Path below the mount point; `.` is the mount point itself. */
  readonly below: string;
}

/** What brings the nodes of a cluster from empty disks to a running cluster (X19). It is the same on both nodes. */
export interface Provision {
  readonly source: ConstructPath;
  readonly version: '8.4' | '9';
  /** Resources that others follow in resynchronisation come first; else in the order of their devices. */
  readonly volumes: readonly ProvisionedVolume[];
  /** Sorted as the cluster has them. */
  readonly groups: readonly {
    readonly name: string;
    /** Name of the host that prepares the group. */
    readonly preferred: string;
    readonly resources: readonly string[];
  }[];
  /** In the order in which the groups mount them. */
  readonly mounts: readonly ProvisionedMount[];
}

/**
 * The provisioning of a cluster; undefined where its nodes have no DRBD resources, or those of DRBD 0.7, whose tools
 * know none of the commands.
 * @throws FormatError for a name that no list of the script can hold
 */
export function build(topology: Topology, cluster: HeartbeatClusterFacts): Provision | undefined {
  const resources = resourcesOf(topology, cluster);
  const [first] = resources;
  if (!first || first.version === '0.7') return undefined;
  const { version } = first;
  const facts = lookup(topology);
  return FormatError.naming(cluster.path, () => ({
    source: cluster.path,
    version,
    volumes: resources.flatMap((resource) => volumesOf(topology, cluster, resource)),
    groups: cluster.groups.map((group) => ({
      name: word('the name of a group', group.name),
      preferred: word('the name of a host', facts.host(group.preferred).name),
      resources: resourcesOfGroup(resources, group).map(({ name }) => name),
    })),
    mounts: cluster.groups.flatMap((group) => mountsOf(topology, resources, group)),
  }));
}

/** The DRBD resources of a cluster's nodes, in the order in which they can be brought up. */
function resourcesOf(topology: Topology, cluster: HeartbeatClusterFacts): DrbdResourceFacts[] {
  const facts = lookup(topology);
  const all = new Set(cluster.nodes.flatMap((node) => facts.drbdResourcesOf(node)));
  const known = new Map([...all].map((resource) => [resource.id, resource]));
  const ordered = new Set<DrbdResourceFacts>();
  const visited = new Set<DrbdResourceFacts>();
  // Attaching a disk fails while the device that its resynchronisation waits for does not exist.
  const visit = (resource: DrbdResourceFacts): void => {
    if (visited.has(resource)) return;
    visited.add(resource);
    const before = resource.disk.resyncAfter === undefined ? undefined : known.get(resource.disk.resyncAfter);
    if (before) visit(before);
    ordered.add(resource);
  };
  const minor = (resource: DrbdResourceFacts): number => resource.volumes[0]?.minor ?? 0;
  [...all].sort((a, b) => minor(a) - minor(b) || byCodeUnits(a.id, b.id)).forEach(visit);
  return [...ordered];
}

function volumesOf(
  topology: Topology,
  cluster: HeartbeatClusterFacts,
  resource: DrbdResourceFacts,
): ProvisionedVolume[] {
  const nodes = new Set(cluster.nodes);
  return resource.volumes.flatMap((volume) =>
    volume.disks
      .filter((disk) => nodes.has(disk.host))
      .map((disk) => ({
        host: word('the name of a host', lookup(topology).host(disk.host).name),
        resource: word('the name of a DRBD resource', resource.name),
        number: volume.number,
        device: deviceName('the device of a volume', volume.device),
        disk: deviceName('a backing device', disk.disk),
        metaDisk:
          disk.metaDisk === 'internal' ? 'internal' : deviceName('a metadata device', withoutIndex(disk.metaDisk)),
      })),
  );
}

const withoutIndex = (metaDisk: string): string => metaDisk.replace(/\s*\[[0-9]+\]$/, '');

function resourcesOfGroup(resources: readonly DrbdResourceFacts[], group: ResourceGroupFacts): DrbdResourceFacts[] {
  const used = new Set(
    group.members.flatMap((member) => {
      if (member.kind === 'activation') return [member.resource];
      return member.kind === 'mount' && member.source.kind === 'drbd' ? [member.source.resource] : [];
    }),
  );
  return resources.filter(({ id }) => used.has(id));
}

function mountsOf(
  topology: Topology,
  resources: readonly DrbdResourceFacts[],
  group: ResourceGroupFacts,
): ProvisionedMount[] {
  const mounts = group.members.flatMap((member) => (member.kind === 'mount' ? [member] : []));
  const directories = directoriesOf(lookup(topology).servicesOf(group));
  return mounts.flatMap((mount) => {
    const { source } = mount;
    if (source.kind !== 'drbd') return [];
    const resource = resources.find(({ id }) => id === source.resource);
    const volume = resource?.volumes.find(({ number }) => number === source.volume);
    if (!resource || !volume) return [];
    return [
      {
        group: group.name,
        resource: resource.name,
        number: volume.number,
        device: deviceName('the device of a mount', volume.device),
        fileSystem: word('the type of a file system', mount.fileSystem),
        directory: plainPath('a mount point', mount.directory),
        contents: directories
          .filter(({ directory }) => mountCovering(group, directory)?.id === mount.id)
          .map((entry) => ({ ...entry, below: pathBelow(mount.directory, entry.directory) })),
      },
    ];
  });
}
