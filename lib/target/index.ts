export { initializeSecrets, type InitializedSecrets, type InitializeSecretsProps } from './secrets';
export { type CertificateFiles } from './ssh/certificates';
export { type SshConnection } from './ssh/connection';
export { SshTarget, type SshTargetProps } from './ssh/target';
export { TargetError } from './target-error';
export { TreeValidationError } from './tree-validation';
