import { TLS } from './tls';

/** What takes up new certificates while slapd runs. */
const TAKE_UP = '/usr/local/sbin/tandem-slapd-config certificates';

const settingsOf = (path: string, owner: string): readonly string[] => [
  `file ${path} ${owner} certificate command`,
  `command ${path} ${TAKE_UP}`,
];

/** Lines of a bundle: where the files of a certificate belong, what checks them and what takes note of them. */
export const CERTIFICATE_LINES: readonly string[] = [
  ...settingsOf(TLS.authorities, '0644 root root'),
  ...settingsOf(TLS.certificate, '0644 root root'),
  ...settingsOf(TLS.key, '0640 root openldap'),
];
