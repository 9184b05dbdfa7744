/** A deeply frozen copy of plain data without properties that are undefined. */
export function frozen<T>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map(frozen)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.freeze(Object.fromEntries(present.map(([key, entry]) => [key, frozen(entry)]))) as T;
}
