import { lookup } from '../topology/lookup';
import type { FailureDomainFacts } from '../topology/site';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';
import { byId } from './collections';

/** What the domains that can take a host down are called in messages. */
export const FATAL_KINDS = { 'power-feed': 'power feed', rack: 'rack', hypervisor: 'hypervisor' } as const;

/** A domain whose loss alone takes a host down. */
export type FatalDomain = FailureDomainFacts & { readonly kind: keyof typeof FATAL_KINDS };

/** The domains whose loss alone takes a host down: its rack, its hypervisor, and its power feed when it has one only. */
export function fatalDomains(topology: Topology): (host: EntityId) => readonly FatalDomain[] {
  const known = byId(topology.failureDomains);
  return (host) => {
    const domains = lookup(topology)
      .host(host)
      .failureDomains.flatMap((id) => known.get(id) ?? []);
    const feeds = domains.filter(({ kind }) => kind === 'power-feed').length;
    return domains.filter((domain): domain is FatalDomain =>
      domain.kind === 'power-feed' ? feeds === 1 : domain.kind in FATAL_KINDS,
    );
  };
}
