import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { DesignError } from '../check/design-error';
import { errorsOf } from '../check/run';
import type { TopologySource } from '../topology/source';
import { findingsWith } from './design-findings';
import { targetsOf, type DeploymentTarget } from './deployment-target';
import { TargetError } from './target-error';
import { validateAllStacksFirst } from './tree-validation';

const reviewed = new WeakMap<IConstruct, ReadonlySet<IConstruct>>();

/** Names of deployments are names of folders and words of shell commands. */
const DEPLOYMENT_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;

/**
 * Runs the rules on every deployment of the app that a target belongs to, whatever stack it is in, so that a user sees
 * all findings at once and before anything is written. Skipping cdktf's validation does not skip it.
 * @throws DesignError with the findings of all deployments, when one of them is an error
 * @throws TargetError `target/deployment-name`, `target/host`, `target/secret`
 */
export function reviewDesigns(target: DeploymentTarget): void {
  const { root } = target.node;
  if (reviewed.get(root)?.has(target)) return;
  const targets = targetsOf(root);
  const deployments = [...new Set(targets.map(({ deployment }) => deployment))];
  assertDistinctNames(deployments);
  const findings = deployments.flatMap((deployment) => findingsWith(deployment, targets));
  if (errorsOf(findings).length > 0)
    throw new DesignError(findings.filter((found) => found.acknowledged === undefined));
  assertOneTargetPerHost(targets);
  validateAllStacksFirst(root);
  reviewed.set(root, new Set(targets));
}

function assertDistinctNames(deployments: readonly TopologySource[]): void {
  const paths = new Map<string, string>();
  for (const deployment of deployments) {
    const { name, path } = deployment.topology();
    if (!DEPLOYMENT_NAME.test(name)) {
      throw new TargetError(
        path,
        'target/deployment-name',
        "a deployment's name must be letters, digits, '_', '.' and '-'",
        name,
        'rename it',
      );
    }
    const other = paths.get(name);
    if (other !== undefined) {
      throw new TargetError(
        path,
        'target/deployment-name',
        `the deployment has the same name as ${other}, so both would be written to one folder`,
        name,
        'rename one of them',
      );
    }
    paths.set(name, path);
  }
}

/** Two states that own one host would undo each other; names are Terraform's addresses, so they are unique in a stack. */
function assertOneTargetPerHost(targets: readonly DeploymentTarget[]): void {
  const owners = new Map<string, DeploymentTarget>();
  const names = new Map<string, TopologySource>();
  for (const target of targets) {
    const topology = target.deployment.topology();
    for (const host of target.hosts()) {
      const owner = owners.get(host.path);
      if (owner) {
        throw new TargetError(
          target.node.path,
          'target/host',
          `the host belongs to target ${owner.node.path} already`,
          host.name,
          'give each target other hosts',
        );
      }
      owners.set(host.path, target);
    }
    const stack = TerraformStack.of(target).node.path;
    const taken = (kind: string, name: string): boolean => {
      const key = `${stack}\n${kind}\n${name}`;
      const other = names.get(key);
      names.set(key, target.deployment);
      return other !== undefined && other !== target.deployment;
    };
    const refuse = (kind: string, name: string): never => {
      throw new TargetError(
        target.node.path,
        `target/${kind}`,
        `two deployments of stack '${stack}' have a ${kind} of one name`,
        name,
        'give each deployment a stack of its own',
      );
    };
    for (const { name } of topology.hosts) if (taken('host', name)) refuse('host', name);
    for (const { name } of topology.clusters) if (taken('cluster', name)) refuse('cluster', name);
    for (const { name } of topology.secrets) if (taken('secret', name)) refuse('secret', name);
  }
}
