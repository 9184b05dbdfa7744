import { secretsFileName, type SecretFacts } from '../topology/secret';
import { settled } from './settled';

/** What the value of a secret must look like, so that it is safe in every format, in sed and in a DRBD shared secret. */
export const SECRET_PATTERN = /^[A-Za-z0-9._-]{12,64}$/;

/** Logical id of the resource that refuses a plan without secrets. */
export const SECRETS_RESOURCE = 'secrets';

/**
 * Sensitive variables. They have an empty default and no validation: a variable without a default lets Terraform wait for
 * input at a terminal, and a failed validation prints the refused value, sensitive or not (Terraform 1.11).
 */
export function secretVariables(secrets: readonly SecretFacts[]): Record<string, object> {
  return Object.fromEntries(
    secrets.map((secret) => [
      secret.name,
      settled({
        type: 'string',
        sensitive: true,
        nullable: false,
        default: '',
        description: `${secret.purpose}: 12 to 64 letters, digits, '.', '_' and '-'`,
      }),
    ]),
  );
}

/** A resource whose preconditions refuse a missing or unsafe value at plan time, without showing it. */
export function secretGuard(deployment: string, secrets: readonly SecretFacts[]): object {
  return settled({
    input: secrets.map((secret) => secret.name),
    lifecycle: {
      precondition: secrets.map((secret) => ({
        condition: `\${can(regex("${SECRET_PATTERN.source}", var.${secret.name}))}`,
        error_message:
          `secret ${secret.name} has no usable value: it must be 12 to 64 letters, digits, '.', '_' and '-'; ` +
          `give it with -var-file=${secretsFileName(deployment)}, which 'tandem secrets init' writes, ` +
          `or in the environment as TF_VAR_${secret.name}`,
      })),
    },
  });
}
