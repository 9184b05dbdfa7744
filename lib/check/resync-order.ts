import type { DrbdResourceFacts } from '../topology/drbd';
import type { BytesPerSecond, EntityId } from '../topology/units';
import { groupBy } from './collections';
import { resyncGroup } from './drbd-defaults';

/** Resources that one resource waits for, the nearest first; a circle ends where it closes. */
export function waitsFor(
  resource: DrbdResourceFacts,
  resources: ReadonlyMap<EntityId, DrbdResourceFacts>,
): readonly DrbdResourceFacts[] {
  const seen = new Set<EntityId>([resource.id]);
  const chain: DrbdResourceFacts[] = [];
  for (let next = resource.disk.resyncAfter; next !== undefined && !seen.has(next);) {
    const before = resources.get(next);
    if (!before) break;
    seen.add(next);
    chain.push(before);
    next = before.disk.resyncAfter;
  }
  return chain;
}

/**
 * Of the given resources one set that resynchronises at the same time, or undefined when they follow each other.
 * DRBD 0.7: the members of one group; later: those that are not on the chain of `resync-after`.
 */
export function parallelResync(
  resources: readonly DrbdResourceFacts[],
  all: ReadonlyMap<EntityId, DrbdResourceFacts>,
): readonly DrbdResourceFacts[] | undefined {
  if (resources[0]?.version === '0.7')
    return [...groupBy(resources, (resource) => `${resyncGroup(resource)}`).values()].find((group) => group.length > 1);
  const chains = resources.map((resource) => ({ resource, chain: waitsFor(resource, all) }));
  const last = chains.reduce((deepest, next) => (next.chain.length > deepest.chain.length ? next : deepest));
  const inOrder = new Set<DrbdResourceFacts>([last.resource, ...last.chain]);
  const beside = resources.filter((resource) => !inOrder.has(resource));
  return beside.length === 0 ? undefined : [resources.find((resource) => inOrder.has(resource))!, ...beside];
}

/** The highest sum of resync rates of resources that can resynchronise at the same time; unknown rates count as 0. */
export function highestResyncRate(
  resources: readonly DrbdResourceFacts[],
  all: ReadonlyMap<EntityId, DrbdResourceFacts>,
): BytesPerSecond {
  const rateOf = (resource: DrbdResourceFacts): BytesPerSecond => resource.disk.resyncRate ?? 0;
  const total = (list: readonly DrbdResourceFacts[]): BytesPerSecond => list.reduce((sum, one) => sum + rateOf(one), 0);
  if (resources[0]?.version === '0.7')
    return Math.max(0, ...[...groupBy(resources, (resource) => `${resyncGroup(resource)}`).values()].map(total));
  // In a tree of `resync-after` either a resource runs or the ones that wait for it, so the deepest are summed first.
  const depth = new Map(resources.map((resource) => [resource, waitsFor(resource, all).length]));
  const below = new Map<EntityId, BytesPerSecond>();
  let highest = 0;
  const members = new Set(resources.map((resource) => resource.id));
  for (const resource of [...resources].sort((one, other) => (depth.get(other) ?? 0) - (depth.get(one) ?? 0))) {
    const most = Math.max(rateOf(resource), below.get(resource.id) ?? 0);
    const before = waitsFor(resource, all).find((candidate) => members.has(candidate.id));
    if (before) below.set(before.id, (below.get(before.id) ?? 0) + most);
    else highest += most;
  }
  return highest;
}
