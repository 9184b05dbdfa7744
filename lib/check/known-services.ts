/** State of a service, with the places where distributions keep it. */
export interface KnownState {
  readonly holds: string;
  /** The first is the one that messages name. */
  readonly directories: readonly string[];
}

/** A service whose state is known by the name of its init script. */
export interface KnownService {
  readonly scripts: readonly string[];
  readonly state: readonly KnownState[];
  /** Words in a mount point that show that the state was moved there. */
  readonly words: readonly string[];
}

/** The services of X9, X18, E13 and E14; used where only files are known. */
export const knownServices: readonly KnownService[] = [
  {
    scripts: ['ldap', 'slapd', 'openldap'],
    state: [{ holds: 'directory database', directories: ['/var/lib/ldap', '/var/lib/openldap'] }],
    words: ['ldap'],
  },
  {
    scripts: ['postgresql', 'postgres', 'pgsql'],
    state: [{ holds: 'database', directories: ['/var/lib/pgsql', '/var/lib/postgresql'] }],
    words: ['pgsql', 'postgres'],
  },
  {
    scripts: ['mysql', 'mysqld', 'mariadb'],
    state: [{ holds: 'database', directories: ['/var/lib/mysql'] }],
    words: ['mysql', 'mariadb'],
  },
  {
    scripts: ['cyrus', 'cyrus-imapd', 'cyrus-imap', 'cyrus21', 'cyrus2.2'],
    state: [
      { holds: 'mailbox list and indexes', directories: ['/var/lib/imap', '/var/lib/cyrus'] },
      { holds: 'mail', directories: ['/var/spool/imap', '/var/spool/cyrus'] },
    ],
    words: ['imap', 'cyrus'],
  },
  {
    scripts: ['postfix'],
    state: [{ holds: 'mail queue', directories: ['/var/spool/postfix'] }],
    words: ['postfix', 'queue'],
  },
  {
    scripts: ['sendmail'],
    state: [{ holds: 'mail queue', directories: ['/var/spool/mqueue'] }],
    words: ['mqueue', 'queue'],
  },
  {
    scripts: ['exim', 'exim4'],
    state: [{ holds: 'mail queue', directories: ['/var/spool/exim4', '/var/spool/exim'] }],
    words: ['exim', 'queue'],
  },
  {
    scripts: ['openexchange', 'open-xchange'],
    state: [
      {
        holds: 'documents and attachments',
        directories: ['/var/lib/openexchange', '/var/opt/openexchange', '/var/opt/filestore'],
      },
    ],
    words: ['openexchange', 'open-xchange', 'filestore', 'documents'],
  },
];

const byScript = new Map(
  knownServices.flatMap((service) => service.scripts.map((script) => [script, service] as const)),
);

/** What is known of a service by the name of its init script. */
export function knownService(script: string): KnownService | undefined {
  return byScript.get(script.toLowerCase());
}
