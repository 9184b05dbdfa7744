import ipaddr from 'ipaddr.js';
import { lookup } from '../../topology/lookup';
import type { PostfixSettings } from '../../topology/service';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { LMTP_SOCKET } from '../cyrus-imap/places';
import { FormatError } from '../format-error';
import { hostedService, type ServiceOf } from '../hosted-service';
import { masterServices } from './master-services';
import type { MainCfParameter, MainCfWord, MasterCfService } from './syntax';

/** Everything that makes Postfix of one host what it is. */
export interface PostfixConfiguration {
  readonly service: ServiceOf<'postfix'>;
  readonly parameters: readonly MainCfParameter[];
  readonly services: readonly MasterCfService[];
}

/** The configuration of a host's Postfix; undefined where it runs none. */
export function build(topology: Topology, host: EntityId): PostfixConfiguration | undefined {
  const service = hostedService(topology, host, 'postfix');
  if (!service) return undefined;
  return FormatError.naming(service.path, () => ({
    service,
    parameters: [
      ...identity(service.settings, usesIpv6(topology)),
      ...state(service.settings),
      ...delivery(topology, service),
    ],
    services: masterServices(service.ports),
  }));
}

function identity(settings: PostfixSettings, ipv6: boolean): MainCfParameter[] {
  const own: readonly MainCfWord[] = [{ parameter: 'myhostname' }, 'localhost'];
  return [
    parameter('compatibility_level', '3.6'),
    parameter('myhostname', domain(settings.hostname, 'the host name')),
    parameter(
      'mydestination',
      ...own,
      ...unique(settings.destinations)
        .filter((name) => name !== settings.hostname && name !== 'localhost')
        .map((name) => domain(name, 'a destination')),
    ),
    parameter(
      'mynetworks',
      ...unique([...(ipv6 ? ['127.0.0.0/8', '::1/128'] : ['127.0.0.0/8']), ...settings.trustedNetworks]).map(network),
    ),
    parameter('relayhost', ...(settings.relayHost === undefined ? [] : [nextHop(settings.relayHost)])),
    parameter('inet_interfaces', 'all'),
    parameter('inet_protocols', ipv6 ? 'all' : 'ipv4'),
    parameter('smtpd_relay_restrictions', 'permit_mynetworks', 'reject_unauth_destination'),
    parameter('disable_vrfy_command', 'yes'),
    parameter('append_dot_mydomain', 'no'),
    parameter('biff', 'no'),
    parameter('readme_directory', 'no'),
  ];
}

function state(settings: PostfixSettings): MainCfParameter[] {
  return [
    parameter('queue_directory', directory(settings.queueDirectory, 'the queue directory')),
    parameter('data_directory', directory(settings.dataDirectory, 'the data directory')),
    // Short names are made of inode numbers, which a restored queue does not keep.
    parameter('enable_long_queue_ids', 'yes'),
    parameter('message_size_limit', bytes(settings.messageSizeLimit)),
    parameter('mailbox_size_limit', '0'),
    parameter('alias_maps', 'hash:/etc/aliases'),
    parameter('alias_database', 'hash:/etc/aliases'),
    parameter('recipient_delimiter', '+'),
  ];
}

function delivery(topology: Topology, service: ServiceOf<'postfix'>): MainCfParameter[] {
  const { delivery } = service.settings;
  if (delivery.kind === 'local') return [];
  const facts = lookup(topology);
  if (facts.groupOf(delivery.service)?.group.id !== facts.groupOf(service.id)?.group.id) {
    refuse(
      'main.cf',
      'the mail store',
      'is in another group, where no socket of this node reaches it; put both into one group',
      delivery.service,
    );
  }
  return [
    // After aliases; its users are in the directory and not in /etc/passwd, so no local table can know them. Strangers'
    // mail is refused at the door by asking the mail store: 550 for who is unknown, 450 while it does not answer.
    parameter('mailbox_transport', `lmtp:unix:${LMTP_SOCKET}`),
    parameter('local_recipient_maps'),
    parameter('smtpd_recipient_restrictions', 'permit_mynetworks', 'reject_unverified_recipient'),
    parameter('unverified_recipient_reject_code', '550'),
    // A mailbox that is made after mail for it was refused works after minutes instead of hours.
    parameter('address_verify_negative_refresh_time', '5m'),
  ];
}

function parameter(name: string, ...words: readonly MainCfWord[]): MainCfParameter {
  return { name, words };
}

/** A domain and nothing that Postfix would take for a file, a table or a negation. */
function domain(text: string, what: string): string {
  return /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text)
    ? text
    : refuse('main.cf', what, 'is no domain name', text);
}

/** Postfix wants IPv6 addresses in brackets. */
function network(cidr: string): string {
  if (!ipaddr.isValidCIDR(cidr)) refuse('main.cf', 'a trusted network', 'is no CIDR', cidr);
  const [address = '', length = ''] = cidr.split('/');
  return address.includes(':') ? `[${address}]/${length}` : cidr;
}

/** `domain`, `[host]`, either with `:port` (postconf(5), relayhost). */
function nextHop(text: string): string {
  return /^(\[[A-Za-z0-9.:-]+\]|[A-Za-z0-9][A-Za-z0-9.-]*)(:[A-Za-z0-9-]+)?$/.test(text)
    ? text
    : refuse('main.cf', 'the relay host', 'is no domain, [host] or either with a port', text);
}

/** Scripts of Postfix hand such names to a shell. */
function directory(path: string, what: string): string {
  return /^(\/[A-Za-z0-9_+.@-]+)+$/.test(path)
    ? path
    : refuse('main.cf', what, 'is no absolute path of letters, digits and _+.@-', path);
}

function bytes(size: number): string {
  return Number.isSafeInteger(size) && size > 0
    ? String(size)
    : refuse('main.cf', 'the message size limit', 'is no whole number of bytes', String(size));
}

function usesIpv6(topology: Topology): boolean {
  return topology.networks.some(({ cidr }) => cidr.includes(':'));
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function refuse(format: string, what: string, problem: string, value: string): never {
  throw new FormatError({ format, what, problem, remedy: 'correct it in the stack', value });
}
