import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { build } from './build';
import { print } from './print';

/** `/etc/nftables.conf`, for nodes of clusters and peers of DRBD resources. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const tree = build(topology, host);
  if (!tree) return [];
  return [
    {
      path: '/etc/nftables.conf',
      content: FormatError.naming(tree.source, () => print(tree)),
      mode: '0644',
      owner: 'root',
      group: 'root',
      secrets: [],
      source: tree.source,
      checker: 'nft',
      activation: { kind: 'reload', unit: 'nftables.service' },
    },
  ];
}
