import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { clusterOf } from '../ha-cf/cluster-of';
import { RELOAD_HEARTBEAT } from '../ha-cf/reload';
import { headerComment } from '../header';
import { build } from './build';
import { print } from './print';

/** authkeys of a node; heartbeat refuses one that others than root can read. */
export function files(topology: Topology, host: EntityId): readonly RenderedFile[] {
  const cluster = clusterOf(topology, host);
  if (!cluster?.authentication) return [];
  const { secret } = cluster.authentication;
  return [
    {
      path: '/etc/ha.d/authkeys',
      content: FormatError.naming(cluster.path, () => headerComment(cluster.path) + print(build(topology, host))),
      mode: '0600',
      owner: 'root',
      group: 'root',
      secrets: secret === undefined ? [] : [secret],
      source: cluster.path,
      activation: RELOAD_HEARTBEAT,
    },
  ];
}
