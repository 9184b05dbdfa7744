import type { EntityId, Milliseconds } from '../topology/units';
import { NO_LOSS, type DataAtRisk } from './outcome';
import { copyKey, type PairState } from './pair-state';
import { lagOf } from './replication-times';
import { storesOf } from './stores';
import type { PlacedService, World } from './world';

/** PostgreSQL writes its log within three times `wal_writer_delay` (200 ms) when `synchronous_commit` is off. */
const WAL_WRITER: Milliseconds = 600;

/** What a service acknowledges before it is on its disk. */
export function unsynced({ service: { settings } }: PlacedService): DataAtRisk {
  return settings.kind === 'postgresql' && !settings.synchronousCommit
    ? { kind: 'last-writes', within: WAL_WRITER }
    : NO_LOSS;
}

/** What is missing when the other node takes over from one that is gone, as it was before the fault. */
export function lostByTakeover(world: World, before: PairState, placed: PlacedService, to: EntityId): DataAtRisk {
  const { replicated, local } = storesOf(world, placed);
  if (replicated.some(({ resource }) => before.behind.has(copyKey(resource.id, to))))
    return { kind: 'since-link-loss' };
  if (local.length > 0) return { kind: 'stranded', directories: local };
  const own = unsynced(placed);
  const lag = Math.max(
    0,
    ...replicated.map(({ resource }) => lagOf(resource) ?? 0),
    own.kind === 'last-writes' ? own.within : 0,
  );
  return lag > 0 ? { kind: 'last-writes', within: lag } : NO_LOSS;
}

/** What is missing after the stores of a service were destroyed and its dump was restored. */
export function lostByRestore(world: World, { service }: PlacedService): DataAtRisk {
  const intervals = world.topology.backups
    .filter((backup) => backup.service === service.id)
    .map((backup) => backup.interval);
  return intervals.length > 0 ? { kind: 'since-dump', within: Math.min(...intervals) } : { kind: 'everything' };
}
