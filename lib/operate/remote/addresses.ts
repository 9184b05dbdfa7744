import { lookup } from '../../topology/lookup';
import type { HostFacts, NetworkPurpose } from '../../topology/site';
import type { Topology } from '../../topology/topology';

/** Order in which networks are tried: those for people and clients before those that only the nodes are on. */
const PURPOSES: readonly NetworkPurpose[] = ['administration', 'service', 'heartbeat', 'replication'];

/** Every address of a host, the one that most likely answers an administrator first. */
export function addressesOf(topology: Topology, host: HostFacts): readonly string[] {
  const { network } = lookup(topology);
  const rank = (id: string): number => PURPOSES.indexOf(network(id).purpose);
  const sorted = [...host.interfaces].sort((a, b) => rank(a.network) - rank(b.network));
  return [...new Set(sorted.map((from) => from.address))];
}
