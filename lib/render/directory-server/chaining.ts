import type { Copy } from '../../topology/openldap-copies';
import type { Proxy } from '../../topology/openldap-databases';
import { sortedUnique } from '../../topology/order';
import type { DirectoryFacts, DirectoryServerFacts } from '../../topology/replication';
import type { ConstructPath } from '../../topology/units';
import type { RenderedFile } from '../file';
import { headerComment } from '../header';
import { isPlainName } from '../../topology/chaining';
import { plainName } from '../pattern';
import { entry, numbered } from '../slapd/entries';
import { refuse } from '../slapd/words';
import type { LdifRecord } from '../slapd/ldif';
import { print } from '../slapd/print';
import { certificateIdentity } from './identities';
import { serverUrl } from './server-url';
import { CLIENT_TLS, TLS } from './tls';

const FOLDER = '/etc/ldap/identities';

/**
 * The overlay by which a copy has writes of its clients done (slapo-chain(5)): it goes where `olcUpdateRef` leads, shows
 * the certificate of this server and names the client. All servers that may come to take writes are known to it, so that
 * a switch changes `olcUpdateRef` alone. It holds for the whole server: slapd looks at writes before it looks at databases.
 */
export function chainOverlay(copies: readonly Copy[]): readonly LdifRecord[] {
  const chaining = copies.filter(({ chainsTo }) => chainsTo.length > 0);
  if (chaining.length === 0) return [];
  const overlay = 'olcOverlay={0}chain,olcDatabase={-1}frontend,cn=config';
  const clients = sortedUnique(chaining.map(({ directory }) => `dn.children:${plainDn(directory.suffix)}`));
  const urls = sortedUnique(chaining.flatMap(({ chainsTo }) => chainsTo.map(serverUrl)));
  return [
    entry(overlay, [
      ['objectClass', 'olcOverlayConfig'],
      ['objectClass', 'olcChainConfig'],
      ['olcOverlay', '{0}chain'],
      // A client learns that its write failed, and is not referred in its place.
      ['olcChainReturnError', 'TRUE'],
    ]),
    ...urls.map((url, index) =>
      entry(`olcDatabase={${index}}ldap,${overlay}`, [
        ['objectClass', 'olcLDAPConfig'],
        ['objectClass', 'olcChainDatabase'],
        ['olcDatabase', `{${index}}ldap`],
        ['olcDbURI', url],
        ['olcDbStartTLS', `ldaps ${CLIENT_TLS}`],
        ['olcDbNetworkTimeout', '2'],
        [
          'olcDbIDAssertBind',
          `mode=self flags=override bindmethod=sasl saslmech=external ${CLIENT_TLS} tls_cert=${TLS.certificate} tls_key=${TLS.key}`,
        ],
        // Nobody else is named: neither strangers nor the local root.
        ...numbered('olcDbIDAssertAuthzFrom', clients),
      ]),
    ),
  ];
}

/**
 * The database that says whom a proxy may name: slapd looks for that (`authzTo`) in the entry of the proxy. It holds this
 * one entry, as a file that is rendered with the others, and nobody reads it.
 */
export function proxyDatabase({ server }: Proxy, dn: string, number: number): LdifRecord {
  return entry(dn, [
    ['objectClass', 'olcDatabaseConfig'],
    ['objectClass', 'olcLdifConfig'],
    ['olcDatabase', `{${number}}ldif`],
    ['olcSuffix', identityOf(server)],
    ['olcDbDirectory', folderOf(server)],
    ['olcReadOnly', 'TRUE'],
    ...numbered('olcAccess', ['to * by * auth']),
  ]);
}

/** The entry of a proxy, as slapd-ldif(5) keeps it: the name of the file is the name of the entry in its lowest form. */
export function proxyFile({ server, directories }: Proxy, source: ConstructPath): RenderedFile {
  const identity = identityOf(server);
  const [first = ''] = identity.split(',');
  const record = entry(first, [
    ['objectClass', 'applicationProcess'],
    ['structuralObjectClass', 'applicationProcess'],
    ['cn', plainName('slapd.ldif', 'the name of a server', server.name)],
    ...numbered('authzTo', directories.map(clientsOf)),
  ]);
  return {
    path: `${folderOf(server)}/${identity.toLowerCase()}.ldif`,
    content: headerComment(source) + print([record]).trimEnd() + '\n',
    mode: '0644',
    owner: 'root',
    group: 'root',
    secrets: [],
    source,
  };
}

/**
 * Everyone below the suffix but its administrator, who may do everything: a proxy that is broken into must not become
 * one. A regular expression of POSIX has no word for 'but', so it names all first parts that differ at some letter.
 */
function clientsOf({ suffix }: DirectoryFacts): string {
  const name = 'cn=admin';
  const others = [...name].flatMap((letter, index) => {
    const before = name.slice(0, index);
    return [`${before}[^,${letter}][^,]*`, ...(index === 0 ? [] : [before])];
  });
  const last = [...others, `${name}[^,]+`].join('|');
  return `dn.regex:^([^,]+,([^,]+,)*[^,]+|${last}),${plainDn(suffix).replaceAll('.', '\\.')}$`;
}

const folderOf = ({ name }: DirectoryServerFacts): string =>
  `${FOLDER}/${plainName('slapd.ldif', 'the name of a server', name)}`;

const identityOf = (server: DirectoryServerFacts): string => plainDn(certificateIdentity(server));

/** A name that a regular expression and the name of a file can hold; rule `replication/chaining` sees to it. */
const plainDn = (name: string): string =>
  isPlainName(name) ? name : refuse('the name of a server or suffix that chains', 'has characters to escape', name);
