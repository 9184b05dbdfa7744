import { fencingDevicesOf } from '../../topology/fencing';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { sortedUnique } from '../../topology/order';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { headerComment } from '../header';
import { build } from './build';
import { clusterOf } from './cluster-of';
import { print } from './print';
import { RELOAD_HEARTBEAT } from './reload';

/**
 * ha.cf of a node. Only root reads it, because STONITH lines hold passwords; heartbeat's children get what they need
 * from heartbeat.
 */
export function files(topology: Topology, host: EntityId): readonly RenderedFile[] {
  const cluster = clusterOf(topology, host);
  if (!cluster) return [];
  const devices = fencingDevicesOf(topology, cluster);
  const secrets = devices.flatMap((device) =>
    device.parameters.flatMap((one) => ('secret' in one ? [one.secret] : [])),
  );
  return [
    {
      path: '/etc/ha.d/ha.cf',
      content: FormatError.naming(cluster.path, () => headerComment(cluster.path) + print(build(topology, host))),
      mode: '0600',
      owner: 'root',
      group: 'root',
      secrets: sortedUnique(secrets),
      source: cluster.path,
      activation: RELOAD_HEARTBEAT,
    },
  ];
}
