type Tree = Readonly<Record<string, unknown>>;

/** What cdktf's `addOverride` asked for, laid over a part of cdk.tf.json; the part itself stays as it is. */
export function withOverrides<T extends object>(fragment: T, overrides: Tree): T {
  return Object.keys(overrides).length === 0 ? fragment : (merge(fragment as unknown as Tree, overrides) as T);
}

function merge(under: Tree, over: Tree): Tree {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const old = merged[key];
    merged[key] = isTree(old) && isTree(value) ? merge(old, value) : value;
  }
  return merged;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
