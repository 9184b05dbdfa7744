import type { NodeState } from '../facts';

/** What of a node waits until the other node is there: heartbeat behind its guard, or DRBD, which starts before it. */
export function waitingFor({ heartbeat, units }: NodeState): 'heartbeat' | 'DRBD' | undefined {
  if (heartbeat.unit === 'activating') return 'heartbeat';
  return heartbeat.unit === 'inactive' && units['drbd.service'] === 'activating' ? 'DRBD' : undefined;
}
