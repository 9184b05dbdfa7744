import { balancedMembers, balancersOn, hasRole } from '../../topology/balanced-members';
import type { BalancedServiceFacts, LoadBalancerFacts } from '../../topology/load-balancer';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { questionOf } from '../balancer/question';
import { proxyName, STATS_SOCKET } from './places';
import { databaseCheck } from './database-check';
import type { HaproxyLine, HaproxySection } from './syntax';

/** Clients and servers keep connections open for as long as they like: LDAP for days, SMTP for 10 minutes (RFC 5321, 4.5.3.2.6). */
const SILENCE = '1h';

/** The sections of haproxy.cfg of a host; none where no HAProxy runs. */
export function build(topology: Topology, host: EntityId): readonly HaproxySection[] {
  const balancers = balancersOn(topology, host).filter(({ software }) => software === 'haproxy');
  if (balancers.length === 0) return [];
  return [
    { kind: 'global', lines: GLOBAL },
    { kind: 'defaults', lines: DEFAULTS },
    ...balancers.flatMap(({ balancer }) =>
      balancer.services.map((service) => proxy(topology, host, balancer, service)),
    ),
  ];
}

// No chroot, which needs a capability more in a container. No log either: what servers are lost and back HAProxy tells its
// standard error, hence the journal or the log of the container, and servers themselves write down their connections.
// No maxconn: HAProxy works out how many connections the open files of its process allow.
const GLOBAL: readonly HaproxyLine[] = [
  ['user', 'haproxy'],
  ['group', 'haproxy'],
  ['stats', 'socket', STATS_SOCKET, 'mode', '600', 'level', 'admin', 'expose-fd', 'listeners'],
];

const DEFAULTS: readonly HaproxyLine[] = [
  ['mode', 'tcp'],
  ['timeout', 'client', SILENCE],
  ['timeout', 'server', SILENCE],
  // A client that is gone without a word is found by the kernel.
  ['option', 'clitcpka'],
  ['option', 'srvtcpka'],
  // A connection that a server does not take goes to the next one at once, not when the server is found lost.
  ['retries', '2'],
  ['option', 'redispatch', '1'],
];

function proxy(
  topology: Topology,
  host: EntityId,
  balancer: LoadBalancerFacts,
  service: BalancedServiceFacts,
): HaproxySection {
  const { healthCheck, kind, port } = service;
  const { interval, timeout, fall, rise } = healthCheck;
  const members = balancedMembers(topology, balancer, service);
  const single = kind === 'directory-writes';
  return {
    kind: 'listen',
    name: proxyName(balancer, service),
    lines: [
      // Where keepalived has not brought the address (IP_TRANSPARENT): the port of other addresses stays free.
      ['bind', endpoint(balancer.address.address, port), 'transparent'],
      ['balance', kind === 'mail' ? 'roundrobin' : 'leastconn'],
      ...check(topology, host, balancer, service),
      ['timeout', 'connect', milliseconds(timeout)],
      ['timeout', 'check', milliseconds(timeout)],
      [
        'default-server',
        'check',
        ...['inter', milliseconds(interval), 'fall', String(fall), 'rise', String(rise)],
        'on-marked-down',
        'shutdown-sessions',
      ],
      ...members.map((member, index): HaproxyLine => [
        'server',
        member.name,
        endpoint(member.address, member.port),
        ...(!single ? [] : index > 0 ? ['backup'] : hasRole(topology, service) ? [] : BACK_AGAIN),
      ]),
    ],
  };
}

/** Of servers that all take writes one gets them: when it is back, nobody goes on writing at another one. */
const BACK_AGAIN = ['on-marked-up', 'shutdown-backup-sessions'];

function check(
  topology: Topology,
  host: EntityId,
  balancer: LoadBalancerFacts,
  service: BalancedServiceFacts,
): readonly HaproxyLine[] {
  const question = questionOf(topology, balancer, service);
  switch (question.kind) {
    case 'connect':
      return [];
    case 'smtp':
      return [['option', 'smtpchk', 'EHLO', lookup(topology).host(host).name]];
    case 'bind':
      return [['option', 'ldap-check']];
    case 'search':
      return databaseCheck(question);
  }
}

const milliseconds = (value: number): string => `${value}ms`;

const endpoint = (address: string, port: number): string =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`;
