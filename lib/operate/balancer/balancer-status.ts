import { proxyName } from '../../topology/balancer-names';
import type { LoadBalancerFacts, SoftwareBalancer } from '../../topology/load-balancer';
import type { Topology } from '../../topology/topology';
import type { ConstructPath } from '../../topology/units';
import type { HostLook } from '../status/facts';
import { unitsOf, type ProxyServer } from './state';

/** A load balancer on one host that answered. */
export interface BalancerOnHost {
  readonly host: string;
  /** The address of clients is on one of its interfaces. What keepalived says of its state proves nothing. */
  readonly hasAddress: boolean;
  /** Unit to `active`, `inactive`, `failed`, ... */
  readonly units: Readonly<Record<string, string>>;
  /** HAProxy answered; absent: another program balances. */
  readonly answers?: boolean;
  /** Servers behind the proxies of this balancer; empty where HAProxy did not answer. */
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
    const hosts = own.flatMap((look) => (look.reached ? [onHost(facts, balancer.software, look)] : []));
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
  facts: LoadBalancerFacts,
  software: SoftwareBalancer,
  { name, state }: Extract<HostLook, { reached: true }>,
): BalancerOnHost {
  const proxies = facts.services.map((service) => proxyName(facts, service));
  return {
    host: name,
    hasAddress: state.addresses.includes(facts.address.address),
    units: Object.fromEntries(unitsOf(software).map((unit) => [unit, state.units[unit] ?? 'unknown'])),
    ...(software === 'haproxy' ? { answers: state.proxies !== undefined } : {}),
    servers: state.proxies?.filter(({ proxy }) => proxies.includes(proxy)) ?? [],
  };
}
