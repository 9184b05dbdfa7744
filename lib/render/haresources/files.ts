import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { clusterOf } from '../ha-cf/cluster-of';
import { RELOAD_HEARTBEAT } from '../ha-cf/reload';
import { headerComment } from '../header';
import { build } from './build';
import { print } from './print';

/** haresources of a node, the same on both. */
export function files(topology: Topology, host: EntityId): readonly RenderedFile[] {
  const cluster = clusterOf(topology, host);
  if (!cluster) return [];
  return [
    {
      path: '/etc/ha.d/haresources',
      content: FormatError.naming(cluster.path, () => headerComment(cluster.path) + print(build(topology, host))),
      mode: '0644',
      owner: 'root',
      group: 'root',
      secrets: [],
      source: cluster.path,
      activation: RELOAD_HEARTBEAT,
    },
  ];
}
