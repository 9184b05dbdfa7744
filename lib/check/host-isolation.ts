import { lookup } from '../topology/lookup';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';
import { byId } from './collections';
import { FATAL_KINDS, fatalDomains } from './fatal-domains';

/** Something whose loss alone takes a host from its clients. */
export interface IsolatingDomain {
  readonly id: EntityId;
  /** For instance `rack`, in the words of messages. */
  readonly kind: string;
}

/** Racks, hypervisors, only power feeds and only switches of a host: what takes it down or cuts it off. */
export function isolatingDomains(topology: Topology): (host: EntityId) => readonly IsolatingDomain[] {
  const fatal = fatalDomains(topology);
  return (host) => [
    ...fatal(host).map(({ id, kind }) => ({ id, kind: FATAL_KINDS[kind] })),
    ...onlySwitches(topology, host).map((id) => ({ id, kind: 'switch' })),
  ];
}

/** What cuts off all of some hosts at once. */
export function commonIsolation(topology: Topology, hosts: readonly EntityId[]): readonly IsolatingDomain[] {
  const [first = [], ...others] = hosts.map(isolatingDomains(topology));
  return others.length === 0
    ? []
    : first.filter(({ id }) => others.every((domains) => domains.some((domain) => domain.id === id)));
}

/** The switch that all networks for clients of a host need, and the one that the host itself names. */
function onlySwitches(topology: Topology, host: EntityId): readonly EntityId[] {
  const found = lookup(topology);
  const { interfaces, failureDomains } = found.host(host);
  const kinds = byId(topology.failureDomains);
  const declared = failureDomains.filter((id) => kinds.get(id)?.kind === 'switch');
  const carriers = interfaces
    .map(({ network }) => found.network(network))
    .filter(({ purpose }) => purpose === 'service')
    .map(({ switches }) => (switches.length === 1 ? switches[0] : undefined));
  const only = carriers.every((one) => one === carriers[0]) ? carriers[0] : undefined;
  return [...new Set([...(declared.length === 1 ? declared : []), ...(only === undefined ? [] : [only])])];
}
