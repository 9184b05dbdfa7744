import { terraformName } from '../terraform-name';

/** Logical id of a host's resource. */
export function hostResourceId(host: string): string {
  return `host_${terraformName(host)}`;
}

/** Logical id of a cluster's resource. */
export function clusterResourceId(cluster: string): string {
  return `cluster_${terraformName(cluster)}`;
}

/** The Terraform address of a `terraform_data` resource. */
export function addressOf(id: string): string {
  return `terraform_data.${id}`;
}
