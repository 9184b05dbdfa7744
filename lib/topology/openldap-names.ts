import type { DirectoryFacts } from './replication';

/** Who may do everything in a directory of OpenLDAP, and read the configuration of its server. */
export const administratorOf = ({ suffix }: Pick<DirectoryFacts, 'suffix'>): string => `cn=admin,${suffix}`;

/** Where the databases of a directory lie on the host of a server of OpenLDAP. */
export const databaseFolder = ({ name }: Pick<DirectoryFacts, 'name'>): string => `/var/lib/ldap/${name}`;
