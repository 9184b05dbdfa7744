/** Files of the certificate by which a server is known to clients and to other servers. */
export const TLS = {
  authorities: '/etc/ldap/tls/ca.pem',
  certificate: '/etc/ldap/tls/server.crt',
  key: '/etc/ldap/tls/server.key',
} as const;

/** How slapd as a client of another server knows whom it talks to. */
export const CLIENT_TLS = `tls_cacert=${TLS.authorities} tls_reqcert=demand`;

/**
 * What slapd offers and accepts: TLS 1.2 and 1.3. slapd's own connections to other servers use the same words, and with
 * SECURE192 or SECURE256 they all fail although clients connect. A wrong word leaves the server without TLS.
 */
export const TLS_SETTINGS: readonly (readonly [string, string])[] = [
  ['olcTLSCACertificateFile', TLS.authorities],
  ['olcTLSCertificateFile', TLS.certificate],
  ['olcTLSCertificateKeyFile', TLS.key],
  // Clients need no certificate; a server that shows none that is valid is not offered SASL EXTERNAL.
  ['olcTLSVerifyClient', 'try'],
  ['olcTLSProtocolMin', '3.3'],
  ['olcTLSCipherSuite', 'SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA'],
];
