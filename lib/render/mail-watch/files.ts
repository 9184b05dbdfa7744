import { mailGraph } from '../../topology/mail-graph';
import { onOneKernel } from '../../topology/mail-queues';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import type { RenderedFile } from '../file';
import { mailHost } from '../mail-server/build';
import { programFile } from '../readable-file';
import { printScript } from '../shell/script';
import { WATCH_PROGRAM, WATCH_UNIT } from './places';
import { watchScript } from './script';

/** What looks after a pair in containers, where no Heartbeat does. */
export function files(topology: Topology, host: EntityId): RenderedFile[] {
  const found = mailHost(topology, host);
  if (
    !found ||
    !mailGraph(topology)
      .serversOf(found.pair)
      .every((server) => onOneKernel(topology, server))
  )
    return [];
  const [own, peer] = found.instances.map(({ server }) => server);
  if (!own || !peer) return [];
  return [
    programFile(WATCH_PROGRAM, own.path, () => printScript(watchScript({ pair: found.pair, own, peer })), {
      activation: { kind: 'restart', unit: WATCH_UNIT },
    }),
  ];
}
