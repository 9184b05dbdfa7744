import { lookup } from '../../topology/lookup';
import type { NetworkPurpose } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import type { EntityId } from '../../topology/units';

const PURPOSES: readonly NetworkPurpose[] = ['replication', 'administration', 'service', 'heartbeat'];

/**
 * Address of `peer` to which `host` copies dumps: that of the replication link, else on the best network that both have.
 * The choice is the same from either side, so the firewall of one knows the source address of the other.
 */
export function copyAddress(topology: Topology, host: EntityId, peer: EntityId): string | undefined {
  const facts = lookup(topology);
  for (const resource of facts.drbdResourcesOf(host)) {
    const end = resource.peers.find((candidate) => candidate.host === peer);
    if (end) return end.address;
  }
  const shared = new Set(facts.host(host).interfaces.map((from) => from.network));
  const [best] = facts
    .host(peer)
    .interfaces.filter((from) => shared.has(from.network))
    .map((from) => ({ address: from.address, rank: PURPOSES.indexOf(facts.network(from.network).purpose) }))
    .sort((a, b) => a.rank - b.rank);
  return best?.address;
}
