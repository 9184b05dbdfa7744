import type { DirectoryConfigurationFacts, MailPairFacts, MailServerFacts } from '../../topology/mail';
import { mailGraph } from '../../topology/mail-graph';
import { LOOKUP_AUTHORITIES } from '../../topology/mail-instances';
import { secretMarker } from '../../topology/secret';
import type { Topology } from '../../topology/topology';
import { serverUrl } from '../directory-server/server-url';
import { refuse } from '../postfix/words';
import { isUnprintable } from '../text';

/** How an instance asks a directory about an address (ldap_table(5)). */
export interface LookupTable {
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** The secret with which it binds. */
  readonly secret?: string;
}

/** Seconds after which a server counts as silent, and the next one is asked. */
const TIMEOUT = 3;

/**
 * One table for both questions, who exists and where the mail goes: an address that has a result exists.
 * @param asker the server of the host itself: the directory servers near it are asked first
 */
export function lookupTable(
  topology: Topology,
  pair: MailPairFacts,
  configuration: DirectoryConfigurationFacts,
  asker: MailServerFacts,
): LookupTable {
  const { base, recipientFilter, resultAttribute, reader } = configuration;
  const servers = mailGraph(topology).lookupServers(asker, configuration);
  return {
    secret: reader?.secret,
    settings: [
      ['server_host', servers.map(serverUrl).join(' ')],
      ['version', '3'],
      ['timeout', String(TIMEOUT)],
      ['tls_ca_cert_file', LOOKUP_AUTHORITIES],
      ['tls_require_cert', 'yes'],
      // Addresses of other domains are not asked for, nor are domains and local parts alone.
      ['domain', pair.domains.join(' ')],
      ['search_base', base.replaceAll('%', '%%')],
      ['query_filter', recipientFilter],
      ['result_attribute', resultAttribute],
      ...(reader
        ? ([
            ['bind', 'yes'],
            ['bind_dn', reader.name],
            ['bind_pw', secretMarker(reader.secret)],
          ] as const)
        : ([['bind', 'no']] as const)),
    ],
  };
}

/** Prints the file of a table. @throws FormatError for a value that is not one line */
export function printLookupTable({ settings }: LookupTable): string {
  return settings.map(([name, value]) => `${name} = ${oneValue(name, value)}\n`).join('');
}

function oneValue(name: string, value: string): string {
  return value !== '' && value === value.trim() && !isUnprintable(value)
    ? value
    : refuse('ldap_table', name, 'is not one line of printable characters without blanks at its ends', value);
}
