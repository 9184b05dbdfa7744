import type { DirectoryServerFacts } from './replication';

/** The port of LDAP over TLS, which an address leaves out. */
const LDAPS_PORT = 636;

/** The address of a directory server for others, always by TLS; who is master is written as one (`olcUpdateRef`). */
export function ldapsUrl({ hostname, tlsPort }: Pick<DirectoryServerFacts, 'hostname' | 'tlsPort'>): string {
  return `ldaps://${hostname}${tlsPort === LDAPS_PORT ? '' : `:${tlsPort}`}`;
}
