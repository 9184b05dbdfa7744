import { formatMessage } from '../topology/message';
import type { ConstructPath } from '../topology/units';

/** A certificate that can not be made; the message names construct, rule, problem, value and remedy. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';

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
