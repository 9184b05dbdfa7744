import type { HostFacts } from '../../topology/site';
import type { ActivationGroup } from './activation-groups';
import type { LaterAction } from './steps';

/** What one host does in one connection. */
export interface Turn {
  readonly host: HostFacts;
  readonly actions: readonly LaterAction[];
}

/** Seconds in which a directory server answers again after it took its files; the apply script knows it too. */
export const SERVES_AGAIN = 120;

/** Longer than Terraform tries to reach another host (2 minutes) before it gives up. */
const CONFIRMED = 180;

/**
 * Each step costs a connection, so a host does in one what it does without waiting for another: all commit before the
 * first one takes its turn, and each ends its turn before the next one begins. While the others commit, each has time for
 * what it may do before its turn. The last is the first to confirm; a step
 * that fails ends all, and the hosts that did not confirm go back.
 */
export function turnsOf({ kind, hosts }: ActivationGroup): readonly Turn[] {
  const last = hosts.length - 1;
  // A directory server ends its turn when it serves again.
  const turn = kind === 'cluster' ? ('activate' as const) : ('turn' as const);
  return [
    ...hosts.map((host) => ({ host, actions: ['commit', 'await'] as const })),
    ...hosts.map((host, index) => ({ host, actions: index === last ? [turn, 'confirm' as const] : [turn] })),
    ...hosts.slice(0, last).map((host) => ({ host, actions: ['confirm' as const] })),
  ];
}

/**
 * Seconds after which a host of a group goes back by itself. Directory servers need the turns of all of them, and go back
 * as they went ahead, not all at once.
 */
export function withinOf({ kind, hosts }: ActivationGroup, host: HostFacts): number {
  if (kind === 'cluster') return CONFIRMED;
  return CONFIRMED + SERVES_AGAIN * (hosts.length + hosts.indexOf(host));
}
