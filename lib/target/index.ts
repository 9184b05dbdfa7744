export { type DockerDaemon } from './docker/daemons';
export { DockerTarget, type DockerTargetProps } from './docker/target';
export { initializeSecrets, type InitializedSecrets, type InitializeSecretsProps } from './secrets';
export { type CertificateFiles } from './ssh/certificates';
export { type SshConnection } from './ssh/connection';
export { SshTarget, type SshTargetProps } from './ssh/target';
export { TargetError } from './target-error';
export { TreeValidationError } from './tree-validation';
