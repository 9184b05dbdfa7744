import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { FormatError } from '../format-error';
import { hostedService, type ServiceOf } from '../hosted-service';
import type { ShellVariable } from '../shell/variables';
import { byteLength } from '../text';

/** A line of saslauthd.conf. */
export interface SaslAuthdOption {
  readonly name: string;
  readonly value: string;
}

/** Everything that makes saslauthd(8) of one host what it is. */
export interface SaslAuthdConfiguration {
  readonly service: ServiceOf<'saslauthd'>;
  /** `/etc/default/saslauthd`. */
  readonly defaults: readonly ShellVariable[];
  /** `/etc/saslauthd.conf`, which only mechanism `ldap` reads. */
  readonly options?: readonly SaslAuthdOption[];
}

/** saslauthd copies a longer search base only in part. */
const LONGEST_SEARCH_BASE = 511;

/** The configuration of a host's saslauthd; undefined where it runs none. */
export function build(topology: Topology, host: EntityId): SaslAuthdConfiguration | undefined {
  const service = hostedService(topology, host, 'saslauthd');
  if (!service) return undefined;
  return FormatError.naming(service.path, () => ({
    service,
    defaults: [
      // Debian's init script starts nothing without it.
      { name: 'START', value: 'yes' },
      { name: 'DESC', value: 'SASL Authentication Daemon' },
      { name: 'NAME', value: 'saslauthd' },
      { name: 'MECHANISMS', value: service.settings.mechanism },
      { name: 'MECH_OPTIONS', value: '' },
      { name: 'THREADS', value: String(service.settings.threads) },
      // No `-c`: a cached password stays valid for eight hours after it was changed in the directory.
      { name: 'OPTIONS', value: '-m /var/run/saslauthd' },
    ],
    options: service.settings.mechanism === 'ldap' ? ldapOptions(topology, service) : undefined,
  }));
}

function ldapOptions(topology: Topology, service: ServiceOf<'saslauthd'>): SaslAuthdOption[] {
  const directory = directoryOf(topology, service);
  const port = directory.ports.find(({ protocol }) => protocol === 'tcp')?.port ?? 389;
  return [
    {
      name: 'ldap_servers',
      value: addressesOf(topology, service.id, directory.id)
        .map((address) => `ldap://${address}:${port}/`)
        .join(' '),
    },
    { name: 'ldap_search_base', value: searchBase(directory.settings.suffix) },
    { name: 'ldap_scope', value: 'sub' },
    { name: 'ldap_filter', value: '(uid=%u)' },
    { name: 'ldap_auth_method', value: 'bind' },
  ];
}

function directoryOf(topology: Topology, service: ServiceOf<'saslauthd'>): ServiceOf<'openldap'> {
  const directory =
    service.settings.directory === undefined ? undefined : lookup(topology).service(service.settings.directory);
  if (directory?.settings.kind !== 'openldap') {
    throw refusal('mechanism ldap', 'has no OpenLDAP service to ask', 'name the directory service', directory?.id);
  }
  return directory as ServiceOf<'openldap'>;
}

/** The same node when both services are in one group; else where the directory's group is reached. */
function addressesOf(topology: Topology, service: EntityId, directory: EntityId): string[] {
  const facts = lookup(topology);
  const group = facts.groupOf(directory)?.group;
  if (group !== undefined && group.id === facts.groupOf(service)?.group.id) return ['127.0.0.1'];
  const addresses = (group?.members ?? []).flatMap((member) =>
    member.kind === 'address' ? [member.address.includes(':') ? `[${member.address}]` : member.address] : [],
  );
  if (addresses.length === 0) {
    throw refusal(
      'the directory',
      'is in another group that has no virtual address',
      'put both into one group or give that group an address',
      directory,
    );
  }
  return addresses;
}

/** saslauthd replaces `%u` and the like in the search base; `%%` stands for a percent sign. */
function searchBase(suffix: string): string {
  const base = suffix.replaceAll('%', '%%');
  if (byteLength(base) > LONGEST_SEARCH_BASE) {
    throw refusal('the suffix', `is longer than ${LONGEST_SEARCH_BASE} bytes`, 'shorten it', suffix);
  }
  return base;
}

function refusal(what: string, problem: string, remedy: string, value?: string): FormatError {
  return new FormatError({ format: 'saslauthd.conf', what, problem, remedy, value });
}
