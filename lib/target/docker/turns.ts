import type { ReplicaFacts, ReplicaRole } from '../../topology/replication';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { by } from '../../topology/order';

/** Whoever takes writes comes last: a file that is no good has shown itself by then. */
const TURNS: readonly ReplicaRole[] = ['consumer', 'hub', 'mirror', 'supplier'];

/** Hosts in the order in which they take new files, one after the other. */
export function inTurns(topology: Topology, hosts: readonly HostFacts[]): readonly HostFacts[] {
  const preferred = new Set(topology.multiMasterGroups.map(({ preferredWriter }) => preferredWriter));
  const turnOf = ({ server, role }: ReplicaFacts): number => TURNS.indexOf(role) + (preferred.has(server) ? 1 : 0);
  const rank = (host: HostFacts): number => {
    const servers = new Set(topology.directoryServers.filter((one) => one.host === host.id).map(({ id }) => id));
    return Math.max(0, ...topology.replicas.filter(({ server }) => servers.has(server)).map(turnOf));
  };
  return [...hosts].sort((one, other) => rank(one) - rank(other) || by(({ id }: HostFacts) => id)(one, other));
}
