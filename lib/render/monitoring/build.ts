import type { HeartbeatClusterFacts, MonitoringFacts, ResourceGroupFacts } from '../../topology/cluster';
import { lookup } from '../../topology/lookup';
import type { Topology } from '../../topology/topology';
import type { ConstructPath, EntityId } from '../../topology/units';
import { processUnits } from '../../topology/service-units';
import { probeOf } from './probe';

/** A service as the watcher sees it. */
export interface WatchedService {
  readonly name: string;
  /** The unit that starts it. */
  readonly unit: string;
  /** The units that hold its processes. */
  readonly processes: readonly string[];
  readonly probe: string;
}

/** A DRBD resource that the peer must hold up to date before the group may go there. */
export interface WatchedResource {
  readonly name: string;
  /** What `drbdadm` is asked, and the answer that is wanted. */
  readonly question: 'dstate' | 'cstate';
}

/** What the watcher of one group knows on one host. */
export interface WatchedGroup {
  readonly source: ConstructPath;
  readonly name: string;
  /** Name of the other node. */
  readonly peer: string;
  /** What hb_standby(1) calls the group's haresources line on this host. */
  readonly standby: 'local' | 'foreign';
  readonly monitoring: MonitoringFacts;
  readonly resources: readonly WatchedResource[];
  /** In start order. */
  readonly services: readonly WatchedService[];
}

/** The groups of the monitored clusters of a host, sorted as the cluster has them (E15). */
export function build(topology: Topology, host: EntityId): readonly WatchedGroup[] {
  return lookup(topology)
    .clustersOf(host)
    .flatMap((cluster) => {
      const { monitoring } = cluster;
      return monitoring ? cluster.groups.map((group) => watched(topology, host, cluster, group, monitoring)) : [];
    });
}

function watched(
  topology: Topology,
  host: EntityId,
  cluster: HeartbeatClusterFacts,
  group: ResourceGroupFacts,
  monitoring: MonitoringFacts,
): WatchedGroup {
  const facts = lookup(topology);
  const [peer] = cluster.nodes.filter((node) => node !== host);
  return {
    source: group.path,
    name: group.name,
    peer: peer === undefined ? '' : facts.host(peer).name,
    standby: group.preferred === host ? 'local' : 'foreign',
    monitoring,
    resources: group.members.flatMap((member) => {
      if (member.kind !== 'activation') return [];
      const { name, version } = facts.drbdResource(member.resource);
      return [{ name, question: version === '0.7' ? 'cstate' : 'dstate' } as const];
    }),
    services: facts.servicesOf(group).map((service) => ({
      name: service.name,
      unit: service.unit,
      processes: processUnits(service),
      probe: probeOf(service, group.preferred === host),
    })),
  };
}
