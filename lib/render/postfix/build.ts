import { lookup } from '../../topology/lookup';
import type { PostfixSettings } from '../../topology/service';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { LMTP_SOCKET } from '../cyrus-imap/places';
import { FormatError } from '../format-error';
import { hostedService, type ServiceOf } from '../hosted-service';
import { masterServices } from './master-services';
import type { MainCfParameter, MainCfWord, MasterCfService } from './syntax';
import { bytes, clients, directory, domain, nextHop, parameter, protocols, refuse, unique } from './words';

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
    parameters: [...identity(topology, service.settings), ...state(service.settings), ...delivery(topology, service)],
    services: masterServices(service.ports),
  }));
}

function identity(topology: Topology, settings: PostfixSettings): MainCfParameter[] {
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
    parameter('mynetworks', ...clients(topology, settings.trustedNetworks)),
    parameter('relayhost', ...(settings.relayHost === undefined ? [] : [nextHop(settings.relayHost)])),
    parameter('inet_interfaces', 'all'),
    parameter('inet_protocols', protocols(topology)),
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
