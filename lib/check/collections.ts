/** Items that share a key, in the order in which they came. */
export interface Duplicate<T> {
  readonly key: string;
  readonly first: T;
  readonly others: readonly T[];
}

/** Groups items by a key; an item without a key is left out. */
export function groupBy<T>(
  items: Iterable<T>,
  key: (item: T) => string | undefined,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

/** The keys that more than one item has. */
export function duplicates<T>(items: Iterable<T>, key: (item: T) => string | undefined): readonly Duplicate<T>[] {
  return [...groupBy(items, key)].flatMap(([name, [first, ...others]]) =>
    first !== undefined && others.length > 0 ? [{ key: name, first, others }] : [],
  );
}

/** Entities by their id. */
export function byId<T extends { readonly id: string }>(entities: readonly T[]): ReadonlyMap<string, T> {
  return new Map(entities.map((entity) => [entity.id, entity]));
}
