import type { Finding } from '../check/finding';
import { check, checkTarget } from '../check/run';
import type { TopologySource } from '../topology/source';
import type { Topology } from '../topology/topology';
import type { DeploymentTarget } from './deployment-target';

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

/** The same, with what the targets of the deployment add. */
export function findingsWith(deployment: TopologySource, targets: readonly DeploymentTarget[]): readonly Finding[] {
  const topology = deployment.topology();
  const told = targets
    .filter((target) => target.deployment === deployment)
    .flatMap((target) => target.targetFindings?.() ?? []);
  return told.length === 0 ? findingsOf(topology) : checkTarget(topology, findingsOf(topology), told);
}
