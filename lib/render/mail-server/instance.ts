import type { MailPairFacts } from '../../topology/mail';
import { instanceDirectory, instanceName } from '../../topology/mail-instances';
import type { Topology } from '../../topology/topology';
import type { Milliseconds } from '../../topology/units';
import type { MainCfParameter } from '../postfix/syntax';
import { bytes, clients, directory, domain, nextHop, parameter, protocols, refuse } from '../postfix/words';
import { ownAddress, type MailInstance } from './build';
import { tablesOf } from './tables';

/** The parameters of an instance, in which home and away differ by one. */
export function instanceParameters(
  topology: Topology,
  pair: MailPairFacts,
  { server, home }: MailInstance,
): MainCfParameter[] {
  const lifetime = seconds(server.queue.lifetime);
  return [
    parameter('compatibility_level', '3.6'),
    parameter('multi_instance_name', instanceName(server)),
    // Who starts it, and where, is for `tandem-mail-queue` to say: postmulti(1) looks at the files of such a one instead.
    parameter('multi_instance_enable', 'no'),
    parameter('syslog_name', instanceName(server)),
    ...(logsToFile(topology, server.queue.storage)
      ? [parameter('maillog_file', CONTAINER_LOG), parameter('maillog_file_prefixes', CONTAINER_LOG)]
      : []),
    ...(home ? [] : [parameter('master_service_disable', 'inet')]),
    parameter('myhostname', domain(server.hostname, 'the host name')),
    parameter('inet_interfaces', 'all'),
    parameter('inet_protocols', protocols(topology)),
    parameter('mynetworks', ...clients(topology, [ownNetwork(topology, server), ...pair.trustedNetworks])),
    ...doors(pair),
    ...maps(pair, instanceDirectory(server)),
    parameter('queue_directory', directory(server.queue.directory, 'the queue directory')),
    parameter('data_directory', directory(server.dataDirectory, 'the data directory')),
    // Short names are made of inode numbers, and two messages may come to have one.
    parameter('enable_long_queue_ids', 'yes'),
    parameter('maximal_queue_lifetime', lifetime),
    parameter('bounce_queue_lifetime', lifetime),
    parameter('message_size_limit', bytes(server.messageSizeLimit)),
    parameter('mailbox_size_limit', '0'),
    parameter('default_process_limit', String(server.processLimit)),
    parameter('smtp_tls_security_level', 'may'),
    parameter('authorized_submit_users', 'root'),
    parameter('disable_vrfy_command', 'yes'),
    parameter('append_dot_mydomain', 'no'),
    parameter('biff', 'no'),
    parameter('readme_directory', 'no'),
  ];
}

/** Programs of the host send by its address (see null-client.ts). */
function ownNetwork(topology: Topology, server: MailInstance['server']): string {
  const address = ownAddress(topology, server);
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

/** In front of whose door mail is taken: for the domains of the pair, and from trusted networks. */
function doors({ domains, relayHost }: MailPairFacts): MainCfParameter[] {
  return [
    parameter('mydestination'),
    parameter('relay_domains', ...domains.map((name) => domain(name, 'a domain of the pair'))),
    // Else all that ends in a domain would be of it: a server that takes mail for names that nobody has.
    parameter('parent_domain_matches_subdomains'),
    parameter('relayhost', ...(relayHost === undefined ? [] : [nextHop(relayHost)])),
    parameter('smtpd_relay_restrictions', 'permit_mynetworks', 'reject_unauth_destination'),
    // There are no users: who writes to `root@[192.0.2.11]` is told so at the door.
    parameter('local_transport', 'error:5.1.1', 'no', 'mailbox', 'is', 'on', 'this', 'host'),
    parameter('local_recipient_maps'),
    parameter('alias_maps'),
    parameter('alias_database'),
    // Characters of a local part like any other (RFC 5321), with no meaning of their own.
    parameter('swap_bangpath', 'no'),
    parameter('allow_percent_hack', 'no'),
    parameter('allow_min_user', 'yes'),
  ];
}

function maps(pair: MailPairFacts, folder: string): MainCfParameter[] {
  const { configuration } = pair;
  return configuration.kind === 'table'
    ? tablesOf(pair, configuration).map((table) => parameter(table.parameter, `texthash:${folder}/${table.name}`))
    : ['relay_recipient_maps', 'virtual_alias_maps'].map((name) =>
        parameter(name, `proxy:ldap:${folder}/directory.cf`),
      );
}

/** Standard output of the first process of a container, by which the log of the container has both instances. */
const CONTAINER_LOG = '/proc/1/fd/1';

/** Containers have no syslog. `/dev/stdout` needs `postfix start-fg`, which runs one instance alone. */
function logsToFile(topology: Topology, storage: MailInstance['server']['queue']['storage']): boolean {
  return (
    storage.kind === 'shared' &&
    topology.sharedVolumes.some(({ id, kind }) => id === storage.volume && kind === 'docker')
  );
}

/** A time of main.cf: whole seconds, in the largest unit that has no rest. */
function seconds(time: Milliseconds): string {
  const whole = Math.round(time / 1000);
  if (!(whole > 0 && whole <= 100 * 86_400))
    refuse('main.cf', 'the queue lifetime', 'is not between a second and 100 days', `${time} ms`);
  const [unit, letter] = UNITS.find(([length]) => whole % length === 0) ?? [1, 's'];
  return `${whole / unit}${letter}`;
}

const UNITS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'm'],
] as const;
