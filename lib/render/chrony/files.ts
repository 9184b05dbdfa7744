import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { FormatError } from '../format-error';
import { build } from './build';
import { print } from './print';

/** `/etc/chrony/chrony.conf`, when the host has time servers. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const tree = build(topology, host);
  if (!tree) return [];
  return [
    {
      path: '/etc/chrony/chrony.conf',
      content: FormatError.naming(tree.source, () => print(tree)),
      mode: '0644',
      owner: 'root',
      group: 'root',
      secrets: [],
      source: tree.source,
      checker: 'chronyd',
      // chronyd reads its configuration at start only.
      activation: { kind: 'restart', unit: 'chrony.service' },
    },
  ];
}
