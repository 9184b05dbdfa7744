import { formatMessage } from '../topology/message';
import type { ConstructPath } from '../topology/units';

/** A target that cannot be made into Terraform; the message names construct, rule, problem, value and remedy. */
export class TargetError extends Error {
  override readonly name = 'TargetError';

  constructor(
    readonly path: ConstructPath,
    readonly rule: string,
    problem: string,
    value: string,
    remedy: string,
  ) {
    super(formatMessage({ path, rule, problem, value, remedy }));
  }
}
