import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { readableFile } from '../readable-file';
import { build } from './build';
import { print } from './print';

/** `/etc/hosts`: no name service is needed to find the other node. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const tree = build(topology, host);
  return [readableFile('/etc/hosts', tree.source, () => print(tree))];
}
