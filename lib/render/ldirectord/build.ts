import { balancedMembers, balancersOn } from '../../topology/balanced-members';
import type { BalancedServiceFacts, LoadBalancerFacts } from '../../topology/load-balancer';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';
import { checkProgram } from '../balancer/check-program';
import { questionOf } from '../balancer/question';
import { realServers } from '../balancer/real-servers';

/** `name = value` of ldirectord.cf. */
export type LdirectordSetting = readonly [name: string, value: string];

/** A virtual service with its settings. */
export interface LdirectordVirtual {
  readonly address: string;
  readonly port: number;
  readonly settings: readonly LdirectordSetting[];
}

/** The file `/etc/ha.d/ldirectord.cf`. */
export interface LdirectordConfiguration {
  readonly settings: readonly LdirectordSetting[];
  readonly virtuals: readonly LdirectordVirtual[];
}

/** The services that a host balances by ldirectord(8); undefined without any. */
export function build(topology: Topology, host: EntityId): LdirectordConfiguration | undefined {
  const balancers = balancersOn(topology, host).filter(({ software }) => software === 'lvs-ldirectord');
  if (balancers.length === 0) return undefined;
  return {
    settings: [
      ['autoreload', 'no'],
      // A process for each server: one that hangs does not hold up the checks of the others.
      ['fork', 'yes'],
      ['logfile', '"daemon"'],
      // A lost server is removed, and with it the connections to it: clients connect anew.
      ['quiescent', 'no'],
    ],
    virtuals: balancers.flatMap(({ balancer }) =>
      balancer.services.map((service) => virtual(topology, balancer, service)),
    ),
  };
}

function virtual(topology: Topology, balancer: LoadBalancerFacts, service: BalancedServiceFacts): LdirectordVirtual {
  const { interval, timeout, fall } = service.healthCheck;
  const { address } = balancer.address;
  const { real, fallback } = realServers(topology, service, balancedMembers(topology, balancer, service));
  const family = address.includes(':') ? '6' : '';
  const wait = seconds(timeout);
  return {
    address,
    port: service.port,
    settings: [
      ...real.map((one): LdirectordSetting => [`real${family}`, `${endpoint(one.address, one.port)} gate`]),
      ...(fallback ? ([[`fallback${family}`, `${endpoint(fallback.address, fallback.port)} gate`]] as const) : []),
      ['scheduler', service.kind === 'mail' ? 'rr' : 'lc'],
      ['protocol', 'tcp'],
      ...check(topology, balancer, service),
      ['checkinterval', seconds(interval)],
      ['checktimeout', wait],
      ['negotiatetimeout', wait],
      ['failurecount', String(fall)],
    ],
  };
}

function check(
  topology: Topology,
  balancer: LoadBalancerFacts,
  service: BalancedServiceFacts,
): readonly LdirectordSetting[] {
  switch (questionOf(topology, balancer, service).kind) {
    case 'connect':
      return [['checktype', 'connect']];
    case 'smtp':
      return [
        ['service', 'smtp'],
        ['checktype', 'negotiate'],
      ];
    case 'bind':
    case 'search':
      return [
        ['checktype', 'external'],
        ['checkcommand', checkProgram(balancer, service)],
      ];
  }
}

/** ldirectord counts in whole seconds, from one on. */
const seconds = (milliseconds: number): string => String(Math.max(1, Math.ceil(milliseconds / 1000)));

/** An address with its port, as ldirectord writes it. */
export const endpoint = (address: string, port: number): string =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`;
