import type { UpdateModeFacts } from '../../topology/replication';
import { between, type Interval } from '../interval';

/** What slapd counts by, and what one update takes on a quiet server. */
const GRAIN = { sooner: 1_000, later: 2_000 } as const;

/**
 * The time between two moments at which a copy gets what came up since, of an agreement with an interval (R9, R32); absent
 * for other modes. Nothing arrives in between.
 */
export function updatePause(mode: UpdateModeFacts): Interval | undefined {
  if (mode.when !== 'periodic' || mode.otherTimes) return undefined;
  const { updateInterval } = mode;
  return between(Math.max(0, updateInterval - GRAIN.sooner), updateInterval + GRAIN.later);
}
