import { ConstructError } from '../topology/message';

/** A target that cannot be made into Terraform. */
export class TargetError extends ConstructError {
  override readonly name = 'TargetError';
}
