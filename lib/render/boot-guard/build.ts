import { lookup } from '../../topology/lookup';
import type { HeartbeatClusterFacts } from '../../topology/cluster';
import type { Topology } from '../../topology/topology';
import type { ConstructPath } from '../../topology/units';

/** What holds heartbeat back at boot until the other node is seen (X4). */
export interface BootGuard {
  readonly source: ConstructPath;
  /** Name of a node, and an address of it on a heartbeat path; the same on both nodes (X16). */
  readonly addresses: readonly (readonly [node: string, address: string])[];
}

/**
 * The guard of a cluster; undefined where a lone node shall start by itself, and where no path over a network has
 * addresses by which a node could be seen.
 */
export function build(topology: Topology, cluster: HeartbeatClusterFacts): BootGuard | undefined {
  if (cluster.startsAlone) return undefined;
  const facts = lookup(topology);
  const addresses = cluster.links.flatMap((link) =>
    link.kind === 'serial'
      ? []
      : link.ends.flatMap(({ host, address }) =>
          address === undefined ? [] : [[facts.host(host).name, address] as const],
        ),
  );
  return addresses.length === 0 ? undefined : { source: cluster.path, addresses };
}
