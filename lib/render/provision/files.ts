import { PROVISION_COMMAND } from '../../topology/host-commands';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { clusterOf } from '../ha-cf/cluster-of';
import { programFile } from '../readable-file';
import { build } from './build';
import { provisionScript } from './script';

/** The provisioning command of a cluster's node; none without DRBD resources, and none for DRBD 0.7. */
export function files(topology: Topology, host: EntityId): readonly RenderedFile[] {
  const cluster = clusterOf(topology, host);
  const provision = cluster && build(topology, cluster);
  if (!provision) return [];
  return [programFile(PROVISION_COMMAND, provision.source, () => provisionScript(provision))];
}
