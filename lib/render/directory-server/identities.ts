import type { DirectoryFacts, DirectoryServerFacts } from '../../topology/replication';
import type { Reader } from '../../topology/openldap-copies';

/**
 * Who slapd takes a server for that shows its certificate: the subject. No mapping (`olcAuthzRegexp`) stands between, so
 * slapd itself compares the names, whatever their case, order of bytes and escapes, and a certificate of the same
 * authority with any other subject is somebody else.
 */
export function certificateIdentity({ certificate, identity }: DirectoryServerFacts): string {
  return certificate?.subject ?? identity;
}

/** Who servers are that read a directory by password. The name is no entry: see `passwordDatabase`. */
export function passwordIdentity({ name }: DirectoryFacts): string {
  return `cn=${name},cn=replication`;
}

/** The name of a reader of a directory. */
export function identityOf(directory: DirectoryFacts, { server, authentication }: Reader): string {
  return authentication === 'strong' ? certificateIdentity(server) : passwordIdentity(directory);
}
