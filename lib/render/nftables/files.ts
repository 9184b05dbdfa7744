import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { FileActivation, RenderedFile } from '../file';
import { readableFile } from '../readable-file';
import { build } from './build';
import { print } from './print';

/** `/etc/nftables.conf`, for nodes of clusters and peers of DRBD resources. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const tree = build(topology, host);
  if (!tree) return [];
  const activation: FileActivation = { kind: 'reload', unit: 'nftables.service' };
  return [readableFile('/etc/nftables.conf', tree.source, () => print(tree), { checker: 'nft', activation })];
}
