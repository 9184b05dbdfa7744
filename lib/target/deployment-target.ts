import type { IConstruct } from 'constructs';
import type { RuleFinding } from '../check/rule';
import type { HostFacts } from '../topology/site';
import type { TopologySource } from '../topology/source';

const DEPLOYMENT_TARGET = Symbol.for('tandem/deployment-target');

/** A construct that brings a deployment, or a part of it, to Terraform. */
export interface DeploymentTarget extends IConstruct {
  readonly deployment: TopologySource;
  /** The hosts it takes care of. Freezes the deployment. */
  hosts(): readonly HostFacts[];
  /** Warnings of `targetRules`, about what only the target knows. Freezes the deployment. */
  targetFindings?(): readonly RuleFinding[];
  /**
   * What it adds to the folder of the deployment: path to text.
   * @internal
   */
  folderContents?(): ReadonlyMap<string, string>;
}

/** Marks a construct as a target, for every copy of this package. */
export function markAsTarget(target: DeploymentTarget): void {
  Object.defineProperty(target, DEPLOYMENT_TARGET, { value: true });
}

/** All targets of a tree, in the order in which they were added. */
export function targetsOf(root: IConstruct): DeploymentTarget[] {
  return root.node.findAll().filter(isTarget);
}

function isTarget(construct: IConstruct): construct is DeploymentTarget {
  return DEPLOYMENT_TARGET in construct;
}
