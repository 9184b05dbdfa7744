import type { DatabaseLinkFacts } from '../../topology/replication';
import { entry, numbered } from '../slapd/entries';
import type { LdifRecord } from '../slapd/ldif';
import { distinguishedName, matching } from '../slapd/words';
import { CLIENT_TLS } from './tls';

/**
 * A subtree that clients find here and another server holds (slapd-ldap(5), R43). A client that binds below it is known
 * there by its own name and password; all others are nobody there. Always by TLS. It is not glued to the database above
 * it (`olcSubordinate`): replicas of that one would take its entries over.
 */
export function linkDatabase({ suffix, url }: DatabaseLinkFacts, dn: string, number: number): LdifRecord {
  const address = matching(url, /^ldaps?:\/\/[a-z0-9.:-]+\/?$/, 'the address of a database link', 'is no LDAP URL');
  return entry(dn, [
    ['objectClass', 'olcDatabaseConfig'],
    ['objectClass', 'olcLDAPConfig'],
    ['olcDatabase', `{${number}}ldap`],
    ['olcSuffix', distinguishedName(suffix, 'the suffix of a database link')],
    ['olcDbURI', address],
    ['olcDbStartTLS', `${address.startsWith('ldaps:') ? 'ldaps' : 'start'} ${CLIENT_TLS}`],
    ['olcDbNetworkTimeout', '2'],
    // The other server decides what it shows to whom.
    ...numbered('olcAccess', ['to * by * read']),
  ]);
}
