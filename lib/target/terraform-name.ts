import type { TerraformElement } from 'cdktf';

/**
 * A name as part of a Terraform identifier. Different names give different identifiers: `.` becomes `__`, which stays
 * readable in host names, `_` becomes `_u`, and what else an identifier can not hold becomes `_x` with its code.
 */
export function terraformName(name: string): string {
  return name.replace(/[^A-Za-z0-9-]/gu, (character) => {
    if (character === '.') return '__';
    if (character === '_') return '_u';
    return `_x${(character.codePointAt(0) ?? 0).toString(16)}_`;
  });
}

/** The name of an element, made of its own and of those between it and its stack: unique in the stack. */
export function nameBelowStack({ node, cdktfStack }: TerraformElement): string {
  const below = node.scopes.slice(cdktfStack.node.scopes.length);
  return below.map((scope) => terraformName(scope.node.id)).join('_-');
}
