import type { IConstruct } from 'constructs';
import type { HostFacts } from '../topology/site';
import type { DeploymentTarget } from './deployment-target';
import { TargetError } from './target-error';

/** Which hosts of its deployment a target takes care of. */
export interface HostSelection {
  readonly site?: IConstruct;
  readonly hosts?: readonly IConstruct[];
}

/**
 * The hosts of a target, sorted by id. Freezes the deployment.
 * @param kind begins the rules of its errors, for instance `ssh`
 * @throws TargetError `KIND/site`, `KIND/host` for what is not part of the deployment
 */
export function selectedHosts(target: DeploymentTarget, kind: string, selection: HostSelection): readonly HostFacts[] {
  const topology = target.deployment.topology();
  const site = selection.site && memberOf(target, `${kind}/site`, 'site', topology.sites, selection.site);
  const chosen =
    selection.hosts &&
    new Set(selection.hosts.map((host) => memberOf(target, `${kind}/host`, 'host', topology.hosts, host)));
  return topology.hosts.filter(
    (host) => (site === undefined || host.site === site.id) && (chosen === undefined || chosen.has(host)),
  );
}

/**
 * The facts of a construct.
 * @throws TargetError when it is not part of the target's deployment
 */
export function memberOf<T extends { readonly path: string }>(
  target: DeploymentTarget,
  rule: string,
  what: string,
  entities: readonly T[],
  construct: IConstruct,
): T {
  const { path } = construct.node;
  const found = entities.find((entity) => entity.path === path);
  if (found) return found;
  throw new TargetError(
    target.node.path,
    rule,
    `the ${what} is not part of deployment '${target.deployment.node.path}'`,
    path,
    `give a ${what} of this deployment`,
  );
}
