import { ldapsUrl } from '../../topology/ldaps-url';
import type { DirectoryServerFacts } from '../../topology/replication';
import { matching } from '../slapd/words';

/** The address of a server as a word of slapd's configuration, which knows no quotes around it. @throws FormatError */
export function serverUrl(server: DirectoryServerFacts): string {
  matching(server.hostname, /^[a-z0-9.-]+$/, 'a host name', 'is none');
  return ldapsUrl(server);
}
