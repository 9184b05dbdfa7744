import { balancedMembers } from '../../topology/balanced-members';
import { proxyName } from '../../topology/balancer-names';
import type { LoadBalancerFacts, SoftwareBalancer } from '../../topology/load-balancer';
import type { Topology } from '../../topology/topology';
import type { ConstructPath } from '../../topology/units';
import type { HostLook } from '../status/facts';
import { unitsOf, type ProxyServer } from './state';
import { normalAddress, type VirtualServer } from './virtual-servers';

/** A load balancer on one host that answered. */
export interface BalancerOnHost {
  readonly host: string;
  /** The address of clients is on one of its interfaces. What keepalived says of its state proves nothing. */
  readonly hasAddress: boolean;
  /** Unit to `active`, `inactive`, `failed`, ... */
  readonly units: Readonly<Record<string, string>>;
  /** HAProxy answered; absent: another program balances. */
  readonly answers?: boolean;
  /** Servers behind this balancer; empty where HAProxy did not answer. */
  readonly servers: readonly ProxyServer[];
}

/** A load balancer on all hosts of it. */
export interface BalancerStatus {
  readonly balancer: string;
  readonly path: ConstructPath;
  readonly software: SoftwareBalancer;
  readonly address: string;
  /** Names of the hosts that have the address: one, when all is well. */
  readonly holders: readonly string[];
  readonly hosts: readonly BalancerOnHost[];
  /** Names of its hosts that did not answer. */
  readonly unreached: readonly string[];
}

/** All load balancers in software. Pure. */
export function balancerStatuses(topology: Topology, looks: readonly HostLook[]): readonly BalancerStatus[] {
  return topology.loadBalancers.flatMap((facts) => {
    const { balancer, name, path, address } = facts;
    if (balancer.kind === 'external') return [];
    const own = looks.filter(({ host }) => balancer.hosts.includes(host));
    const hosts = own.flatMap((look) => (look.reached ? [onHost(topology, facts, balancer.software, look)] : []));
    return [
      {
        ...{ balancer: name, path, software: balancer.software, address: address.address, hosts },
        holders: hosts.filter(({ hasAddress }) => hasAddress).map(({ host }) => host),
        unreached: own.filter(({ reached }) => !reached).map((look) => look.name),
      },
    ];
  });
}

function onHost(
  topology: Topology,
  facts: LoadBalancerFacts,
  software: SoftwareBalancer,
  { name, state }: Extract<HostLook, { reached: true }>,
): BalancerOnHost {
  return {
    host: name,
    hasAddress: state.addresses.includes(facts.address.address),
    units: Object.fromEntries(unitsOf(software).map((unit) => [unit, state.units[unit] ?? 'unknown'])),
    ...(software === 'haproxy' ? { answers: state.proxies !== undefined } : {}),
    servers: serversBehind(topology, facts, state),
  };
}

/** What a host of a load balancer in software knows of servers. */
export interface ServersSeen {
  readonly proxies?: readonly ProxyServer[] | undefined;
  readonly virtualServers?: readonly VirtualServer[] | undefined;
}

/** The servers behind a load balancer, as one of its hosts sees them. Pure. */
export function serversBehind(
  topology: Topology,
  facts: LoadBalancerFacts,
  { proxies = [], virtualServers = [] }: ServersSeen,
): readonly ProxyServer[] {
  const { balancer, services } = facts;
  if (balancer.kind === 'external') return [];
  if (balancer.software !== 'haproxy') return behindLvs(topology, facts, virtualServers);
  const names = services.map((service) => proxyName(facts, service));
  return proxies.filter(({ proxy }) => names.includes(proxy));
}

/** LVS knows those servers alone that get connections: a server whose checks fail is taken out, or has no weight. */
function behindLvs(
  topology: Topology,
  facts: LoadBalancerFacts,
  known: readonly VirtualServer[],
): readonly ProxyServer[] {
  return facts.services.flatMap((service) => {
    const own = normalAddress(facts.address.address);
    const virtual = known.find(({ address, port }) => address === own && port === service.port);
    return balancedMembers(topology, facts, service).map(({ name, address, port }): ProxyServer => {
      const real = virtual?.servers.find((one) => one.address === normalAddress(address) && one.port === port);
      const status = real !== undefined && real.weight > 0 ? 'UP' : 'DOWN';
      return { proxy: proxyName(facts, service), server: name, status, check: '', sessions: real?.connections ?? 0 };
    });
  });
}
