import { ConstructError } from '../topology/message';

/** A certificate that can not be made. */
export class CertificateError extends ConstructError {
  override readonly name = 'CertificateError';
}
