import type { DirectoryServerFacts } from '../../topology/replication';
import { entry } from '../slapd/entries';
import type { LdifRecord } from '../slapd/ldif';
import { attributeName } from '../slapd/words';
import { hostnameOf, instanceName, numberedName, peerEntry } from './words';

/** Nickname of the certificate in the NSS database. */
export const CERTIFICATE = 'Server-Cert';

/**
 * What holds for all databases of a server: its names, ports and TLS. For connections to other servers it reads
 * certificates and key from files that it writes from its NSS database at a start, or else it has no authority for them
 * at all. The key that it writes GnuTLS does not take, which Debian builds the LDAP library with ("could not use private
 * key: ASN1 parser"). It writes to a file that ends in `.pem` and reads the one that is named: without that ending it
 * reads those of the setup.
 */
export function serverRecords(server: DirectoryServerFacts): readonly LdifRecord[] {
  const file = (name: string): string => `/etc/dirsrv/slapd-${instanceName(server)}/tandem-${name}`;
  return [
    entry('cn=config', [
      ['nsslapd-localhost', hostnameOf(server)],
      ['nsslapd-port', String(server.port)],
      ['nsslapd-secureport', String(server.tlsPort)],
      ['nsslapd-security', 'on'],
      // A password that crosses a line in the clear is known to others, whatever the server answers.
      ['nsslapd-require-secure-binds', 'on'],
      ['nsslapd-ssl-check-hostname', 'on'],
      ['nsslapd-extract-pemfiles', 'on'],
    ]),
    entry('cn=encryption,cn=config', [
      // Clients need no certificate; suppliers are known by theirs.
      ['nsSSLClientAuth', 'allowed'],
      ['sslVersionMin', 'TLS1.2'],
      ['CACertExtractFile', file('authorities.pem')],
    ]),
    entry('cn=RSA,cn=encryption,cn=config', [
      ['nsSSLPersonalitySSL', CERTIFICATE],
      ['nsSSLActivation', 'on'],
      ['ServerCertExtractFile', file('server.crt')],
      ['ServerKeyExtractFile', file('server.key')],
    ]),
  ];
}

/** Plug-ins that replication restricts: on where they are asked for, and off elsewhere. */
export function pluginRecords(server: DirectoryServerFacts, suffixes: readonly string[]): readonly LdifRecord[] {
  const { plugins, uniqueAttributes = ['uid'] } = server;
  const state = (on: boolean): [string, string] => ['nsslapd-pluginEnabled', on ? 'on' : 'off'];
  const [first, ...others] =
    plugins.includes('attribute-uniqueness') && suffixes.length > 0 ? uniqueAttributes.map(attributeName) : [];
  const scope = suffixes.map((suffix): [string, string] => ['uniqueness-subtrees', suffix]);
  return [
    entry('cn=attribute uniqueness,cn=plugins,cn=config', [
      state(first !== undefined),
      ...(first === undefined ? [] : [['uniqueness-attribute-name', first] as const, ...scope]),
    ]),
    // One entry with several attributes lets no value of one be a value of another.
    ...others.map((attribute) =>
      entry(`cn=uniqueness of ${attribute},cn=plugins,cn=config`, [
        ['objectClass', 'top'],
        ['objectClass', 'nsSlapdPlugin'],
        ['objectClass', 'extensibleObject'],
        ['cn', `uniqueness of ${attribute}`],
        ['nsslapd-pluginPath', 'libattr-unique-plugin'],
        ['nsslapd-pluginInitfunc', 'NSUniqueAttr_Init'],
        ['nsslapd-pluginType', 'betxnpreoperation'],
        state(true),
        ['uniqueness-attribute-name', attribute],
        ...scope,
        ['nsslapd-plugin-depends-on-type', 'database'],
      ]),
    ),
    entry('cn=referential integrity postoperation,cn=plugins,cn=config', [
      state(plugins.includes('referential-integrity')),
    ]),
  ];
}

/**
 * A supplier that is known by its certificate. `certmap.conf` finds the entry by the subject, and a certificate of the same
 * authority with any other subject finds none.
 */
export function peerRecord(server: DirectoryServerFacts): LdifRecord {
  const dn = peerEntry(server);
  return entry(dn, [
    ['objectClass', 'top'],
    ['objectClass', 'nsContainer'],
    ['objectClass', 'nsAccount'],
    ['cn', dn.slice(3, dn.indexOf(','))],
    ['nsCertSubjectDN', numberedName(server.certificate?.subject ?? server.identity)],
  ]);
}
