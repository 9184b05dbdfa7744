import type { MailPairFacts, TableConfigurationFacts } from '../../topology/mail';
import { by } from '../../topology/order';
import { nextHop, refuse } from '../postfix/words';

/** A line of a table: what is looked up, and what it gives (postmap(1)). */
export interface TableEntry {
  readonly key: string;
  readonly value: string;
}

/** A table of an instance. */
export interface MailTable {
  /** Its file, beside main.cf. */
  readonly name: 'recipients' | 'aliases' | 'transports';
  /** The parameter that reads it. */
  readonly parameter: 'relay_recipient_maps' | 'virtual_alias_maps' | 'transport_maps';
  readonly entries: readonly TableEntry[];
}

/** The tables of a pair. Without `recipients` every address of its domains is taken. */
export function tablesOf(pair: MailPairFacts, configuration: TableConfigurationFacts): readonly MailTable[] {
  const { recipients, aliases, transports } = configuration;
  return [
    ...(recipients
      ? [
          {
            name: 'recipients',
            parameter: 'relay_recipient_maps',
            entries: recipients.map((key) => ({ key, value: 'OK' })),
          } as const,
        ]
      : []),
    {
      name: 'aliases',
      parameter: 'virtual_alias_maps',
      entries: [
        ...aliases.map(({ address, to }) => ({ key: address, value: to.join(', ') })),
        ...themselves(configuration),
      ].sort(by(({ key }) => key)),
    },
    {
      name: 'transports',
      parameter: 'transport_maps',
      entries: transports.map(({ domain, nextHop: hop }) => ({
        key: domain,
        value: `${pair.domains.includes(domain) ? 'relay' : 'smtp'}:${nextHop(hop, `where the mail of '${domain}' goes`)}`,
      })),
    },
  ];
}

/**
 * Addresses that exist keep their mail although `@domain` has an alias: virtual(5) asks for the domain whenever the address
 * itself has no entry.
 */
function themselves({ recipients = [], aliases }: TableConfigurationFacts): readonly TableEntry[] {
  const keys = new Set(aliases.map(({ address }) => address.toLowerCase()));
  return recipients
    .filter((address) => !keys.has(address.toLowerCase()) && keys.has(address.slice(address.lastIndexOf('@'))))
    .map((address) => ({ key: address, value: address }));
}

/** Prints a table of the type `texthash`: the key ends at the first blank. @throws FormatError for what no line can hold */
export function printTable(entries: readonly TableEntry[]): string {
  return entries.map(({ key, value }) => `${keyOf(key)} ${valueOf(value)}\n`).join('');
}

const keyOf = (key: string): string =>
  /^[!-~]+$/.test(key) && !/^[#"]/.test(key) && !key.endsWith(':')
    ? key
    : refuse('texthash', 'a key', 'is not printable ASCII without blanks and quotes, or looks like a comment', key);

const valueOf = (value: string): string =>
  /^[!-~]+( [!-~]+)*$/.test(value)
    ? value
    : refuse('texthash', 'a value', 'is not one line of words of printable ASCII', value);
