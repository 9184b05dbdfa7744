import type { HeartbeatClusterFacts } from '../../topology/cluster';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { FormatError } from '../format-error';

/**
 * The cluster a host is a node of.
 * @throws FormatError when there are several: heartbeat has one directory of files
 */
export function clusterOf(topology: Topology, host: EntityId): HeartbeatClusterFacts | undefined {
  const [cluster, second] = lookup(topology).clustersOf(host);
  if (cluster && second)
    throw new FormatError(
      {
        format: 'ha.cf',
        what: `host '${lookup(topology).host(host).name}'`,
        problem: `is a node of two clusters ('${cluster.name}', '${second.name}'), and heartbeat serves one`,
        remedy: 'take it out of one',
      },
      second.path,
    );
  return cluster;
}
