import type { ConstructPath } from './units';

/** A value that is never part of a topology or a file: only its name is. */
export interface SecretFacts {
  /** Lower-case letters, digits and `_`: the name of the Terraform variable. */
  readonly name: string;
  /** What it is for, in words. */
  readonly purpose: string;
  /** Constructs that need it, sorted. */
  readonly usedBy: readonly ConstructPath[];
}

/**
 * The text that stands in a rendered file where the target puts the secret's value.
 * User text that contains the marker's opening is refused by the model.
 */
export function secretMarker(name: string, form: SecretForm = 'plain'): string {
  return `${SECRET_MARKER_OPENING}${name}${form === 'plain' ? '' : `:${form}`}@@`;
}

/** How every marker begins. */
export const SECRET_MARKER_OPENING = '@@tandem-secret:';

/** `plain`: the value itself; `crypt`: its sha512-crypt hash, for formats that take a hash. */
export type SecretForm = 'plain' | 'crypt';

/** Variable file of a deployment, in the project's folder. */
export function secretsFileName(deployment: string): string {
  return `${deployment}.secrets.tfvars.json`;
}
