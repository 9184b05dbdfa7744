import { type BalancedMember, hasRole } from '../../topology/balanced-members';
import type { BalancedServiceFacts } from '../../topology/load-balancer';
import type { Topology } from '../../topology/topology';

/** What LVS sends connections to: the real servers, and one more when all of these are lost. */
export interface RealServers {
  readonly real: readonly BalancedMember[];
  readonly fallback?: BalancedMember;
}

/** Of servers that all take writes, one gets them and a second one stands by: LVS knows one at most. */
export function realServers(
  topology: Topology,
  service: BalancedServiceFacts,
  members: readonly BalancedMember[],
): RealServers {
  if (service.kind !== 'directory-writes' || hasRole(topology, service)) return { real: members };
  const [first, second] = members;
  return { real: first ? [first] : [], ...(second ? { fallback: second } : {}) };
}
