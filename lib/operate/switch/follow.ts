import type { ResourceGroupFacts } from '../../topology/cluster';
import { changes } from '../pair/changes';
import { groupState, groupText } from '../pair/group-state';
import { lookAtBoth, type NodeLook } from '../pair/node-look';
import { isInterrupted, secondsSince, type Operation } from '../pair/operation';
import type { Pair } from '../pair/pair';

/** Milliseconds between two looks. */
const BETWEEN = 2_000;

/** How following a hand-over ended. */
export interface Followed {
  readonly end: 'done' | 'late' | 'interrupted' | 'failed';
  /** Why, where it failed. */
  readonly failure?: string;
  /** Seconds from the beginning. */
  readonly seconds: number;
  /** Seconds from the first thing that stopped to the last that started; a look happens every few seconds. */
  readonly interruption?: number;
  /** What was seen last: the node that takes, and its peer. */
  readonly last: readonly [NodeLook, NodeLook];
}

/**
 * Shows what happens on both nodes until the groups run on the pair's node, or the time is over.
 * @param failed says why it can not come to its end, once that is known
 */
export async function follow(
  operation: Operation,
  pair: Pair,
  groups: readonly ResourceGroupFacts[],
  limit: number,
  first: readonly [NodeLook, NodeLook],
  failed: () => string | undefined = () => undefined,
): Promise<Followed> {
  const began = operation.now();
  let last = first;
  let firstChange: number | undefined;
  for (;;) {
    let next = await lookAtBoth(operation, pair);
    // Ctrl-C may have ended the look itself.
    if (isInterrupted(operation) && next.some((look) => !look.reached)) next = await lookAtBoth(operation, pair);
    const seconds = secondsSince(operation, began);
    next.forEach((look, index) => {
      const before = last[index];
      const news = before ? changes(pair.topology, groups, before, look) : [];
      if (news.length > 0) {
        firstChange ??= operation.now();
        operation.say(`${String(seconds).padStart(4)} s  ${look.host.name}: ${news.join(', ')}`);
      }
    });
    last = next;
    const [node] = next;
    const done = node.reached && groups.every((group) => groupState(pair.topology, group, node).is === 'running');
    if (done) {
      const interruption = firstChange === undefined ? undefined : secondsSince(operation, firstChange);
      return { end: 'done', seconds, interruption, last };
    }
    if (isInterrupted(operation)) return { end: 'interrupted', seconds, last };
    const failure = failed();
    if (failure !== undefined) return { end: 'failed', failure, seconds, last };
    if (seconds >= limit) return { end: 'late', seconds, last };
    await operation.pause(BETWEEN);
  }
}

/** What is known of groups on both nodes, one line each. */
export function stateLines(
  { topology }: Pair,
  groups: readonly ResourceGroupFacts[],
  looks: readonly NodeLook[],
): readonly string[] {
  return looks.flatMap((look) =>
    look.reached
      ? groups.map((group) => groupText(topology, group, look))
      : [`${look.host.name}: not known, it does not answer (${look.reason})`],
  );
}
