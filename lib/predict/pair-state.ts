import type { EntityId } from '../topology/units';
import type { World } from './world';

/** What is broken at a moment, and where things run. Sets hold ids; a pair of ids is joined by `copyKey` or `endKey`. */
export interface PairState {
  /** Nodes without power, or reset and not back. */
  readonly down: ReadonlySet<EntityId>;
  /** Networks that carry nothing between the nodes. */
  readonly parted: ReadonlySet<EntityId>;
  /** Networks that clients and devices do not reach: whole ones, and ends of single nodes (`endKey`). */
  readonly unreachable: ReadonlySet<string>;
  /** Serial lines that are cut, as `cluster#place`. */
  readonly serialCut: ReadonlySet<string>;
  /** Fencing devices that do not answer. */
  readonly deadDevices: ReadonlySet<EntityId>;
  /** Copies that are marked as outdated: never promoted (`copyKey`). */
  readonly outdated: ReadonlySet<string>;
  /** Copies that lack writes and do not know it: promoted all the same (`copyKey`). */
  readonly behind: ReadonlySet<string>;
  /** Copies whose disk failed (`copyKey`). */
  readonly failed: ReadonlySet<string>;
  /** The node that runs each group; a group that runs nowhere is absent. */
  readonly runs: ReadonlyMap<EntityId, EntityId>;
}

/** Key of one node's copy of a DRBD resource. */
export function copyKey(resource: EntityId, host: EntityId): string {
  return `${resource}@${host}`;
}

/** Key of one node's end of a network. */
export function endKey(network: EntityId, host: EntityId): string {
  return `${network}@${host}`;
}

/** Key of a serial line. */
export function serialKey(cluster: EntityId, link: number): string {
  return `${cluster}#${link}`;
}

/** Everything works and each group runs on its preferred node. */
export function initialState(world: World): PairState {
  const none: ReadonlySet<string> = new Set();
  return {
    down: none,
    parted: none,
    unreachable: none,
    serialCut: none,
    deadDevices: none,
    outdated: none,
    behind: none,
    failed: none,
    runs: new Map(
      world.topology.clusters.flatMap(({ groups }) => groups.map((group) => [group.id, group.preferred] as const)),
    ),
  };
}

/** A set with more in it. */
export function also<T>(set: ReadonlySet<T>, more: Iterable<T>): ReadonlySet<T> {
  return new Set([...set, ...more]);
}

/** A set without some of it. */
export function without<T>(set: ReadonlySet<T>, gone: (item: T) => boolean): ReadonlySet<T> {
  return new Set([...set].filter((item) => !gone(item)));
}

/** Where groups run after some of them moved; `undefined` for one that runs nowhere. */
export function moved(
  runs: ReadonlyMap<EntityId, EntityId>,
  changes: Iterable<readonly [EntityId, EntityId | undefined]>,
): ReadonlyMap<EntityId, EntityId> {
  const next = new Map(runs);
  for (const [group, node] of changes) {
    if (node === undefined) next.delete(group);
    else next.set(group, node);
  }
  return next;
}
