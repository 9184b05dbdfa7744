import { partsOf } from '../../topology/distinguished-name';
import { by } from '../../topology/order';
import type { DatabaseLinkFacts } from '../../topology/replication';
import { entry, numbered } from '../slapd/entries';
import type { LdifRecord } from '../slapd/ldif';
import { distinguishedName, matching } from '../slapd/words';
import { CLIENT_TLS } from './tls';

/** Links in the order that slapd wants: subordinate suffixes first. */
export function inOrder(links: readonly DatabaseLinkFacts[]): readonly DatabaseLinkFacts[] {
  const key = ({ suffix }: DatabaseLinkFacts): string => suffix;
  return [...links].sort((a, b) => partsOf(b.suffix).length - partsOf(a.suffix).length || by(key)(a, b));
}

/**
 * A subtree that clients find here and another server holds (slapd-ldap(5), R43). A client that binds below it is known
 * there by its own name and password; all others are nobody there. Always by TLS. It is not glued to the database above
 * it (`olcSubordinate`): replicas of that one would take its entries over.
 */
export function linkDatabase({ suffix, url }: DatabaseLinkFacts, number: number): LdifRecord {
  const address = matching(url, /^ldaps?:\/\/[a-z0-9.:-]+\/?$/, 'the address of a database link', 'is no LDAP URL');
  return entry(`olcDatabase={${number}}ldap,cn=config`, [
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
