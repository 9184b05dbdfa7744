import { terraformName } from '../terraform-name';
import type { ActivationGroup } from './activation-groups';

/** Logical id of a host's resource. */
export function hostResourceId(host: string): string {
  return `host_${terraformName(host)}`;
}

/** Logical id of the resource in which hosts take new files in turn. */
export function groupResourceId({ kind, name }: Pick<ActivationGroup, 'kind' | 'name'>): string {
  return `${kind}_${terraformName(name)}`;
}

/** The Terraform address of a `terraform_data` resource. */
export function addressOf(id: string): string {
  return `terraform_data.${id}`;
}
