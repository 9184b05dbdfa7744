import type { Topology } from './topology';

/** Makes a function of a topology and a key work its result out once for each: a topology never changes. */
export function oncePerTopology<Key, Made>(
  make: (topology: Topology, key: Key) => Made,
): (topology: Topology, key: Key) => Made {
  const made = new WeakMap<Topology, Map<Key, Made>>();
  return (topology, key) => {
    let known = made.get(topology);
    if (!known) {
      known = new Map();
      made.set(topology, known);
    }
    if (!known.has(key)) known.set(key, make(topology, key));
    return known.get(key) as Made;
  };
}
