import type { Finding } from '../check/finding';
import { check } from '../check/run';
import type { Topology } from '../topology/topology';

const checked = new WeakMap<Topology, readonly Finding[]>();

/** What the rules find in a deployment, found once. */
export function findingsOf(topology: Topology): readonly Finding[] {
  let findings = checked.get(topology);
  if (!findings) {
    findings = check(topology);
    checked.set(topology, findings);
  }
  return findings;
}
