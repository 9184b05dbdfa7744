import type { ServicePortFacts } from '../../topology/service';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { FormatError } from '../format-error';
import { hostedService, type ServiceOf } from '../hosted-service';
import { isUnprintable } from '../text';
import { LMTP_SOCKET, SOCKET_DIRECTORY } from './places';
import type { CyrusEntry, CyrusSection, ImapdOption } from './syntax';

/** Everything that makes the Cyrus server of one host what it is. */
export interface CyrusImapConfiguration {
  readonly service: ServiceOf<'cyrus-imap'>;
  /** imapd.conf(5). */
  readonly options: readonly ImapdOption[];
  /** cyrus.conf(5). */
  readonly sections: readonly CyrusSection[];
  /** Postfix of the same host hands mail over at the LMTP socket. */
  readonly takesMailFromPostfix: boolean;
}

/** The programs behind the well-known ports. `-U` ends a process after that many sessions. */
const PROGRAMS: ReadonlyMap<number, { readonly name: string; readonly command: string }> = new Map([
  [110, { name: 'pop3', command: 'pop3d -U 30' }],
  [143, { name: 'imap', command: 'imapd -U 30' }],
  [4190, { name: 'sieve', command: 'timsieved' }],
]);

/** The configuration of a host's Cyrus; undefined where it runs none. */
export function build(topology: Topology, host: EntityId): CyrusImapConfiguration | undefined {
  const service = hostedService(topology, host, 'cyrus-imap');
  if (!service) return undefined;
  const delivery = hostedService(topology, host, 'postfix')?.settings.delivery;
  return FormatError.naming(service.path, () => ({
    service,
    options: options(service),
    sections: sections(service),
    takesMailFromPostfix: delivery?.kind === 'cyrus' && delivery.service === service.id,
  }));
}

function options({ settings }: ServiceOf<'cyrus-imap'>): ImapdOption[] {
  return [
    ['configdirectory', directory(settings.configurationDirectory, 'the configuration directory')],
    ['defaultpartition', 'default'],
    ['partition-default', directory(settings.mailPartition, 'the mail partition')],
    // Its default is outside the replicated storage, and users' filter scripts are state (E13).
    ['sievedir', `${settings.configurationDirectory}/sieve`],
    ['proc_path', '/run/cyrus/proc'],
    ['mboxname_lockpath', '/run/cyrus/lock'],
    ...(settings.administrators.length > 0
      ? [['admins', settings.administrators.map(administrator).join(' ')] as const]
      : []),
    ['sasl_pwcheck_method', 'saslauthd'],
    // saslauthd checks a password and nothing else, so other mechanisms would fail after they were offered.
    ['sasl_mech_list', 'PLAIN LOGIN'],
    ['allowplaintext', 'yes'],
    ['allowanonymouslogin', 'no'],
    ['altnamespace', 'no'],
    // Dots are allowed in user names, '/' separates folders.
    ['unixhierarchysep', 'yes'],
    ['virtdomains', 'off'],
    ['lmtp_downcase_rcpt', 'yes'],
    // A message that Postfix repeats after a switch, because its acknowledgement was lost, is stored once.
    ['duplicatesuppression', 'yes'],
    ['hashimapspool', 'yes'],
    ['umask', '077'],
    ['lmtpsocket', LMTP_SOCKET],
    ['idlesocket', `${SOCKET_DIRECTORY}/idle`],
    ['notifysocket', `${SOCKET_DIRECTORY}/notify`],
    ['syslog_prefix', 'cyrus'],
  ].map(([name = '', value = '']) => ({ name, value }));
}

function sections(service: ServiceOf<'cyrus-imap'>): CyrusSection[] {
  return [
    {
      name: 'START',
      entries: [
        command('recover', 'ctl_cyrusdb -r'),
        command('delprune', 'expire -E 3'),
        command('tlsprune', 'tls_prune'),
      ],
    },
    {
      name: 'SERVICES',
      entries: [
        ...service.ports.map(network),
        {
          name: 'lmtpunix',
          values: [
            { key: 'cmd', value: 'lmtpd' },
            { key: 'listen', value: LMTP_SOCKET },
            { key: 'prefork', value: '0' },
            { key: 'maxchild', value: '20' },
          ],
        },
      ],
    },
    {
      name: 'EVENTS',
      entries: [
        command('checkpoint', 'ctl_cyrusdb -c', { key: 'period', value: '30' }),
        command('delprune', 'expire -E 3', { key: 'at', value: '0401' }),
        command('tlsprune', 'tls_prune', { key: 'at', value: '0401' }),
      ],
    },
  ];
}

function command(name: string, words: string, ...values: CyrusEntry['values']): CyrusEntry {
  return { name, values: [{ key: 'cmd', value: `/usr/sbin/cyrus ${words}` }, ...values] };
}

function network({ port, from }: ServicePortFacts): CyrusEntry {
  const program = PROGRAMS.get(port);
  if (!program) {
    return refuse('cyrus.conf', 'a port', `has no program; known are ${[...PROGRAMS.keys()].join(', ')}`, String(port));
  }
  return {
    name: program.name,
    values: [
      { key: 'cmd', value: program.command },
      { key: 'listen', value: from === 'node' ? `127.0.0.1:${port}` : String(port) },
      { key: 'prefork', value: '0' },
      { key: 'maxchild', value: '100' },
    ],
  };
}

function directory(path: string, what: string): string {
  return /^\/\S+$/u.test(path) && !path.includes('\\') && !isUnprintable(path)
    ? path
    : refuse('imapd.conf', what, 'is no absolute path without spaces and backslashes', path);
}

/** The list is separated by spaces; `group:` names would make everyone of a group an administrator. */
function administrator(name: string): string {
  return /^[A-Za-z0-9._@+-]+$/.test(name)
    ? name
    : refuse('imapd.conf', 'an administrator', 'is no user name of letters, digits and ._@+-', name);
}

function refuse(format: string, what: string, problem: string, value: string): never {
  throw new FormatError({ format, what, problem, remedy: 'correct it in the stack', value });
}
