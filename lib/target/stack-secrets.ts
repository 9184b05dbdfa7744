import type { DeploymentTarget } from './deployment-target';
import { SECRETS_RESOURCE, secretGuard, secretVariables } from './secret-variables';
import { contentsOfStack } from './ssh/stack-contents';
import { TargetError } from './target-error';

const SECRETS_TARGET = Symbol.for('tandem/secrets-target');

/** A target whose files need values of secrets. */
export interface SecretsTarget extends DeploymentTarget {
  /** Names of secrets, sorted. */
  secretsOfFiles(): readonly string[];
}

/** Marks a target, for every copy of this package. */
export function markAsSecretsTarget(target: SecretsTarget): void {
  Object.defineProperty(target, SECRETS_TARGET, { value: true });
}

/**
 * The variables and the one guard of a stack, in the first of its targets: a missing secret is reported once, not once for
 * each host. Nothing for other targets, and without secrets.
 */
export function stackSecrets(target: SecretsTarget): {
  readonly variable: Readonly<Record<string, object>>;
  readonly resource: Readonly<Record<string, object>>;
} {
  const siblings = contentsOfStack(target)
    .targets.filter((other): other is SecretsTarget => SECRETS_TARGET in other)
    .filter(({ deployment }) => deployment === target.deployment);
  const topology = target.deployment.topology();
  const needed = new Set(siblings[0] === target ? siblings.flatMap((sibling) => sibling.secretsOfFiles()) : []);
  const secrets = topology.secrets.filter((secret) => needed.has(secret.name));
  if (secrets.length === 0) return { variable: {}, resource: {} };
  return {
    variable: secretVariables(secrets),
    resource: { [SECRETS_RESOURCE]: secretGuard(topology.name, secrets) },
  };
}

/**
 * A version of secrets, for a rotation that Terraform cannot see.
 * @param kind begins the rule of its error
 * @throws TargetError `KIND/secrets-version`
 */
export function provenSecretsVersion(path: string, kind: string, version = 1): number {
  if (Number.isSafeInteger(version) && version >= 1) return version;
  throw new TargetError(
    path,
    `${kind}/secrets-version`,
    'secretsVersion must be a whole number from 1 on',
    String(version),
    'count it up with every change of a value',
  );
}
