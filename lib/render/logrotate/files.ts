import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { build } from './build';
import { print } from './print';

/**
 * `/etc/logrotate.d/heartbeat`: it takes the place of the package's file, because logrotate(8) refuses a log that two
 * files name.
 */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const tree = build(topology, host);
  if (!tree) return [];
  return [
    {
      path: '/etc/logrotate.d/heartbeat',
      content: print(tree),
      mode: '0644',
      owner: 'root',
      group: 'root',
      secrets: [],
      source: tree.source,
      checker: 'logrotate',
    },
  ];
}
