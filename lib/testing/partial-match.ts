interface AsymmetricMatcher {
  asymmetricMatch(value: unknown): boolean;
}

/**
 * Where a value does not have what is expected, one line for each place. Objects may hold more than is expected, lists
 * must have the same length, and asymmetric matchers of jest decide for themselves.
 */
export function differences(actual: unknown, expected: unknown, path = ''): readonly string[] {
  if (isAsymmetricMatcher(expected)) {
    return expected.asymmetricMatch(actual) ? [] : [difference(path, actual, String(expected))];
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [difference(path, actual, 'a list')];
    if (actual.length !== expected.length) {
      return [`${path || '.'}: expected a list of length ${expected.length}, got length ${actual.length}`];
    }
    return expected.flatMap((entry, index) => differences(actual[index], entry, `${path}[${index}]`));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) {
      return [difference(path, actual, 'an object')];
    }
    return Object.entries(expected).flatMap(([key, entry]) => {
      const value: unknown = Object.hasOwn(actual, key) ? (actual as Record<string, unknown>)[key] : undefined;
      return differences(value, entry, path === '' ? key : `${path}.${key}`);
    });
  }
  return Object.is(actual, expected) ? [] : [difference(path, actual, JSON.stringify(expected))];
}

function difference(path: string, actual: unknown, expected: string): string {
  const text = JSON.stringify(actual) ?? 'nothing';
  return `${path || '.'}: expected ${expected}, got ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`;
}

function isAsymmetricMatcher(value: unknown): value is AsymmetricMatcher {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<AsymmetricMatcher>).asymmetricMatch === 'function'
  );
}
