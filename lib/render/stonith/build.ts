import type { FencingDeviceFacts, HeartbeatClusterFacts, ResourceGroupFacts } from '../../topology/cluster';
import { fencingDevicesOf } from '../../topology/fencing';
import { lookup } from '../../topology/lookup';
import { isExternalPlugin } from '../../topology/stonith-plugins';
import type { Topology } from '../../topology/topology';
import type { ConstructPath } from '../../topology/units';
import { FormatError } from '../format-error';
import { plainName } from '../pattern';
import { plainPath } from '../provision/words';

/** A STONITH plugin that waits before it does what another one does (X4). */
export interface DelayedPlugin {
  readonly source: ConstructPath;
  /** The plugin behind it, for instance `external/ipmi`. */
  readonly plugin: string;
  /** In seconds. */
  readonly delay: number;
  /** The node that shoots at once when both run groups. */
  readonly first: string;
  /** How a node finds out that it runs a group. */
  readonly groups: readonly RunningGroup[];
}

/** What a node has while it runs a group. */
export interface RunningGroup {
  readonly name: string;
  /** Name of the node where it is at home. */
  readonly preferred: string;
  /** What only the node has that runs it: its address, else, of a group without DRBD too, a mount point; empty where there is neither. */
  readonly mark: string;
  /** Names of its DRBD resources. */
  readonly resources: readonly string[];
}

/** Whether a device is used through a plugin that waits: only programs can be put before another. */
export function isDelayed({ fencingDelay }: HeartbeatClusterFacts, { plugin }: FencingDeviceFacts): boolean {
  return fencingDelay > 0 && isExternalPlugin(plugin);
}

/** The plugins that a cluster uses with a delay, each once, sorted. The same on both nodes (X16). */
export function build(topology: Topology, cluster: HeartbeatClusterFacts): readonly DelayedPlugin[] {
  const devices = fencingDevicesOf(topology, cluster).filter((device) => isDelayed(cluster, device));
  const plugins = [...new Set(devices.map(({ plugin }) => plugin))].sort();
  const [first] = cluster.nodes;
  if (plugins.length === 0 || first === undefined) return [];
  return FormatError.naming(cluster.path, () =>
    plugins.map((plugin) => ({
      source: cluster.path,
      plugin,
      delay: cluster.fencingDelay / 1000,
      first: lookup(topology).host(first).name,
      groups: runningGroups(topology, cluster),
    })),
  );
}

/** What a node has while it runs each group of a cluster. */
export function runningGroups(topology: Topology, cluster: HeartbeatClusterFacts): readonly RunningGroup[] {
  return cluster.groups.map((group) => ({
    name: plainName('shell', 'the name of a resource group', group.name),
    preferred: lookup(topology).host(group.preferred).name,
    mark: markOf(group),
    resources: group.members.flatMap((member) =>
      member.kind === 'activation'
        ? [plainName('shell', 'the name of a DRBD resource', lookup(topology).drbdResource(member.resource).name)]
        : [],
    ),
  }));
}

function markOf({ members }: ResourceGroupFacts): string {
  const [address] = members.flatMap((member) => (member.kind === 'address' ? [member.address] : []));
  if (address !== undefined || members.some(({ kind }) => kind === 'activation')) return address ?? '';
  const [mount] = members.flatMap((member) => (member.kind === 'mount' ? [member.directory] : []));
  return mount === undefined ? '' : plainPath('a mount point', mount).replace(/(?<=.)\/+$/u, '');
}
