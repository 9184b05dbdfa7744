import type { TerraformElement } from 'cdktf';
import { TerraformResource, TerraformStack, TerraformVariable } from 'cdktf';
import type { IConstruct } from 'constructs';
import { targetsOf, type DeploymentTarget } from '../deployment-target';

/** What else is in the stack of a target, found in one walk for all targets of the stack. */
interface StackContents {
  readonly targets: readonly DeploymentTarget[];
  /** Constructs that own a `terraform_data` resource or a variable, by logical id. */
  readonly resources: ReadonlyMap<string, IConstruct>;
  readonly variables: ReadonlyMap<string, IConstruct>;
}

const known = new WeakMap<TerraformStack, StackContents>();

/** The contents of a target's stack; found again for a target that was added since. */
export function contentsOfStack(target: DeploymentTarget): StackContents {
  const stack = TerraformStack.of(target);
  let contents = known.get(stack);
  if (!contents?.targets.includes(target)) {
    contents = find(stack);
    known.set(stack, contents);
  }
  return contents;
}

function find(stack: TerraformStack): StackContents {
  const constructs = stack.node.findAll();
  const byName = (found: readonly TerraformElement[]): ReadonlyMap<string, IConstruct> =>
    new Map(found.map((element) => [element.friendlyUniqueId, element]));
  return {
    targets: targetsOf(stack),
    resources: byName(
      constructs
        .filter((construct) => TerraformResource.isTerraformResource(construct))
        .filter((resource) => resource.terraformResourceType === 'terraform_data'),
    ),
    variables: byName(constructs.filter((construct) => construct instanceof TerraformVariable)),
  };
}
