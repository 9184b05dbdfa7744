import { lookup } from '../topology/lookup';
import { oncePerTopology } from '../topology/once-per-topology';
import type { Topology } from '../topology/topology';
import type { EntityId } from '../topology/units';
import { backupsOf } from './backup/backups-of';
import type { RenderedFile } from './file';

/** The files of one format on one host. */
export type Format = (topology: Topology, host: EntityId) => readonly RenderedFile[];

/**
 * A format whose files are made of what a host takes part in, and not of the host itself: they are the same on both
 * nodes of a cluster (X16), so they are rendered for one of them and stand for the other.
 */
export function sameForRole(format: Format): Format {
  const rendered = new WeakMap<Topology, Map<string, readonly RenderedFile[]>>();
  return (topology, host) => {
    let roles = rendered.get(topology);
    if (!roles) {
      roles = new Map();
      rendered.set(topology, roles);
    }
    const role = roleOf(topology, host);
    let files = roles.get(role);
    if (!files) {
      files = format(topology, host);
      roles.set(role, files);
    }
    return files;
  };
}

/**
 * The same text for hosts that take part in the same clusters, DRBD resources and backups; none but its own for others. A
 * directory server is on one host.
 */
const roleOf = oncePerTopology((topology, host: EntityId): string => {
  const facts = lookup(topology);
  const servers = topology.directoryServers.filter((server) => server.host === host);
  const parts = [facts.clustersOf(host), facts.drbdResourcesOf(host), backupsOf(topology, host), servers];
  const ids = parts.map((entities) => entities.map(({ id }) => id));
  const alone = ids.every((list) => list.length === 0);
  return alone ? host : JSON.stringify([ids, facts.host(host).timeServers.length > 0]);
});
