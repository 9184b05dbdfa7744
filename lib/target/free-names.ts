import type { IConstruct } from 'constructs';
import type { DeploymentTarget } from './deployment-target';
import { contentsOfStack } from './ssh/stack-contents';
import { TargetError } from './target-error';

/**
 * cdktf merges what has one name without a word.
 * @param kind begins the rule of its error
 * @throws TargetError `KIND/logical-id`
 */
export function assertFreeNames(
  target: DeploymentTarget,
  kind: string,
  terraformData: Readonly<Record<string, object>>,
  variable: Readonly<Record<string, object>>,
): void {
  const { resources, variables } = contentsOfStack(target);
  const refuse = (name: string, construct: IConstruct): never => {
    throw new TargetError(
      construct.node.path,
      `${kind}/logical-id`,
      `the target ${target.node.path} needs this name`,
      name,
      'rename it',
    );
  };
  for (const [name, construct] of resources) if (name in terraformData) refuse(name, construct);
  for (const [name, construct] of variables) if (name in variable) refuse(name, construct);
}
