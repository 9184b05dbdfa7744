/** Order of two texts by their code units: the same on every machine, unlike a locale's order. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Order of two items by a text that each has. */
export function by<T>(key: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => byCodeUnits(key(a), key(b));
}

/** The texts without repetition, sorted. */
export function sortedUnique(texts: Iterable<string>): readonly string[] {
  return [...new Set(texts)].sort(byCodeUnits);
}
