import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { build } from './build';
import { slapdFiles } from './slapd-files';

/** Files of the slapd(8) of a cluster, whose start is the cluster's to order. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const configuration = build(topology, host);
  if (!configuration) return [];
  const { service, ...rest } = configuration;
  return slapdFiles({
    source: service.path,
    unit: service.unit,
    secrets: [service.settings.administratorSecret],
    ...rest,
  });
}
