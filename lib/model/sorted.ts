import type { EntityId } from '../topology/units';

/** Orders text by code unit: the same on every machine, unlike a locale's order. */
export function byText<T>(key: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const left = key(a);
    const right = key(b);
    return left < right ? -1 : left > right ? 1 : 0;
  };
}

/** The ids of entities, sorted. */
export function sortedIds(entities: readonly { readonly entityId: EntityId }[]): readonly EntityId[] {
  return entities.map((entity) => entity.entityId).sort(byText((id) => id));
}
