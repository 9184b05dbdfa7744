import type { MailServerFacts } from './mail';

/** Name of the Postfix instance of a mail server, on both hosts of its pair; also its `syslog_name`. */
export const instanceName = ({ name }: Pick<MailServerFacts, 'name'>): string => `postfix-${name}`;

/** Its `config_directory` on both hosts of the pair. */
export const instanceDirectory = (server: Pick<MailServerFacts, 'name'>): string => `/etc/${instanceName(server)}`;

/** The systemd unit that runs it. */
export const instanceUnit = (server: Pick<MailServerFacts, 'name'>): string => `${instanceName(server)}.service`;

/** The file in its queue by which a server asks its peer to give it back, where no cluster moves queues. */
export const QUEUE_WANTED = 'tandem-wanted';

/** What starts, stops and shows the queues of a pair on its hosts (S4). */
export const QUEUE_PROGRAM = '/usr/local/sbin/tandem-mail-queue';

/** Certificate of the authority of the directory servers that mail servers ask (`tls_ca_cert_file` of ldap_table(5)). */
export const LOOKUP_AUTHORITIES = '/etc/postfix/directory-ca.pem';
