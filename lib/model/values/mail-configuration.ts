import type { MailConfigurationFacts } from '../../topology/mail';
import { by, sortedUnique } from '../../topology/order';
import type { Directory } from '../directory';
import { parseAttributeType } from './attribute-type';
import { parseDistinguishedName } from './distinguished-name';
import { parseFilter } from './filter';
import { parseInstance } from './kind';
import { parseAliasKey, parseMailAddress, parseMailDomain, parseNextHop, parseTableAddress } from './mail-address';
import { SecretRef } from './secret-ref';
import { quoted } from './text';
import { ValueError } from './value-error';

/** Tables of a mail server, the same on both of a pair. */
export interface MailTables {
  /** Addresses that exist. @default - every address of the domains is taken, and what nobody has comes back later */
  readonly recipients?: readonly string[];
  /** Addresses that get the mail of an address, or of all others of a domain: `@example.com`. @default - none */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  /** Where the mail of a domain goes, for instance `[store.example.com]:24`. @default - its MX, or `relayHost` */
  readonly transports?: Readonly<Record<string, string>>;
}

/** How a mail server looks up addresses in a directory. */
export interface MailLookup {
  /** Below which entry. @default - the suffix of the directory */
  readonly base?: string;
  /** Filter of RFC 4515; `%s` stands for the address. @default '(mail=%s)' */
  readonly recipientFilter?: string;
  /** Attribute whose value is where the mail goes. @default 'mail' */
  readonly resultAttribute?: string;
  /** Who reads the directory. @default - nobody in particular: an anonymous client */
  readonly reader?: { readonly name: string; readonly password: SecretRef };
}

/** `virtual_alias_expansion_limit` of postconf(5). */
const MOST_TARGETS = 1000;

/** Where a pair has its configuration: in tables on each server, or in a directory (S2). */
export class MailConfiguration {
  /** Tables on each server. */
  static table({ recipients, aliases = {}, transports = {} }: MailTables = {}): MailConfiguration {
    return new MailConfiguration(() => ({
      kind: 'table',
      ...(recipients ? { recipients: different(sortedUnique(recipients.map(parseTableAddress))) } : {}),
      aliases: different(Object.keys(aliases).map(parseAliasKey))
        .map((address) => [address, aliases[address] ?? []] as const)
        .map(([address, to]) => ({ address, to: parseTargets(address, to) }))
        .sort(by((alias) => alias.address)),
      transports: Object.entries(transports)
        .map(([domain, nextHop]) => ({ domain: parseMailDomain(domain), nextHop: parseNextHop(nextHop) }))
        .sort(by((transport) => transport.domain)),
    }));
  }

  /** A directory of this deployment, of which each server asks the nearest copy (S5). */
  static directory(directory: Directory, lookup: MailLookup = {}): MailConfiguration {
    const { base, recipientFilter = '(mail=%s)', resultAttribute = 'mail', reader } = lookup;
    return new MailConfiguration(
      () => ({
        kind: 'directory',
        directory: directory.entityId,
        base: base === undefined ? directory.suffix : parseDistinguishedName(base),
        recipientFilter: parseRecipientFilter(recipientFilter),
        resultAttribute: parseAttributeType(resultAttribute),
        ...(reader
          ? {
              reader: {
                name: parseDistinguishedName(reader.name),
                secret: parseInstance(reader.password, SecretRef).name,
              },
            }
          : {}),
      }),
      reader?.password,
    );
  }

  private constructor(
    /**
     * What was given, parsed.
     * @throws ValueError `value/mail-address`, `value/mail-domain`, `value/table-key`, `postfix/relay-host`, `mail/alias`, `mail/same-address`,
     * `value/distinguished-name`, `value/filter`, `mail/recipient-filter`, `value/attribute-type`
     * @internal
     */
    readonly facts: () => MailConfigurationFacts,
    /** @internal */
    readonly password?: SecretRef,
  ) {}
}

/** Postfix looks addresses up in lower case, so two that differ in case only are one (postmap(1)). */
function different(addresses: readonly string[]): readonly string[] {
  const known = new Map<string, string>();
  for (const address of addresses) {
    const other = known.get(address.toLowerCase());
    if (other !== undefined)
      throw new ValueError(
        'mail/same-address',
        `an address is the same as '${other}' to Postfix, which looks at no case`,
        address,
        'remove one of them',
      );
    known.set(address.toLowerCase(), address);
  }
  return addresses;
}

function parseRecipientFilter(filter: string): string {
  if (/%(?!s)/.test(filter))
    throw new ValueError(
      'mail/recipient-filter',
      "'%s' alone stands for something in a filter",
      quoted(filter),
      "write '\\25' for a percent sign",
    );
  if (!parseFilter(filter).includes('%s'))
    throw new ValueError(
      'mail/recipient-filter',
      'a filter must ask for the address',
      quoted(filter),
      "write '%s' for it",
    );
  return filter;
}

function parseTargets(address: string, to: readonly string[]): readonly string[] {
  if (to.length === 0)
    throw new ValueError(
      'mail/alias',
      'an alias has nobody who gets its mail',
      address,
      'name an address or remove it',
    );
  if (to.length > MOST_TARGETS)
    throw new ValueError(
      'mail/alias',
      `an alias has more than ${MOST_TARGETS} addresses, which Postfix does not deliver to (${to.length})`,
      address,
      'divide it',
    );
  return to.map(parseMailAddress);
}
