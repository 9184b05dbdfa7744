import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { clusterOf } from '../ha-cf/cluster-of';
import { programFile } from '../readable-file';
import { renderedUnit } from '../systemd/rendered-unit';
import { section } from '../systemd/unit-file';
import { build } from './build';
import { guardScript } from './script';

const GUARD = '/usr/local/sbin/tandem-boot-guard';

/** What holds heartbeat back at boot until the other node is seen, and the drop-in that runs it (X4). */
export function files(topology: Topology, host: EntityId): readonly RenderedFile[] {
  const cluster = clusterOf(topology, host);
  const guard = cluster && build(topology, cluster);
  if (!guard) return [];
  const { source } = guard;
  return [
    programFile(GUARD, source, () => guardScript(guard)),
    renderedUnit('heartbeat.service.d/tandem-boot-guard.conf', source, [
      section('Service', [
        ['ExecStartPre', GUARD],
        // It waits as long as the other node is away.
        ['TimeoutStartSec', 'infinity'],
      ]),
    ]),
  ];
}
