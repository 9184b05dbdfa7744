import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { readableFile } from '../readable-file';
import { build } from './build';
import { print } from './print';

/** Zone files for named(8) of BIND 9; which zones it serves its own configuration says. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  return build(topology, host).map((zone) =>
    readableFile(`/etc/bind/db.${zone.origin}`, zone.source, () => print(zone), {
      activation: { kind: 'reload', unit: 'named.service' },
    }),
  );
}
