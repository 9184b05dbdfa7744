import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { readableFile } from '../readable-file';
import { build } from './build';
import { print } from './print';

/**
 * `/etc/logrotate.d/heartbeat`: it takes the place of the package's file, because logrotate(8) refuses a log that two
 * files name.
 */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const tree = build(topology, host);
  if (!tree) return [];
  return [readableFile('/etc/logrotate.d/heartbeat', tree.source, () => print(tree), { checker: 'logrotate' })];
}
