import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { build } from './build';
import { print } from './print';

/** `/etc/hosts`: no name service is needed to find the other node. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const tree = build(topology, host);
  return [
    {
      path: '/etc/hosts',
      content: FormatError.naming(tree.source, () => print(tree)),
      mode: '0644',
      owner: 'root',
      group: 'root',
      secrets: [],
      source: tree.source,
    },
  ];
}
