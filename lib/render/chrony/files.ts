import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { FileActivation, RenderedFile } from '../file';
import { readableFile } from '../readable-file';
import { build } from './build';
import { print } from './print';

/** `/etc/chrony/chrony.conf`, when the host has time servers. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const tree = build(topology, host);
  if (!tree) return [];
  // chronyd reads its configuration at start only.
  const activation: FileActivation = { kind: 'restart', unit: 'chrony.service' };
  return [readableFile('/etc/chrony/chrony.conf', tree.source, () => print(tree), { checker: 'chronyd', activation })];
}
