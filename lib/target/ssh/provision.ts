import { Token } from 'cdktf';
import { build, type Provision } from '../../render/provision/build';
import type { HeartbeatClusterFacts } from '../../topology/cluster';
import { lookup } from '../../topology/lookup';
import type { HostFacts } from '../../topology/site';
import type { Topology } from '../../topology/topology';
import { settled } from '../settled';
import { terraformName } from '../terraform-name';
import type { ConnectionSettings } from './connection';
import { provisionStep, type Place, type Provisioner } from './steps';

/** A cluster whose nodes are brought from empty disks to work, after they have their files (X19). */
export interface ProvisionGroup {
  readonly cluster: HeartbeatClusterFacts;
  readonly provision: Provision;
  /** The nodes that this target configures, in the order of the cluster. */
  readonly hosts: readonly HostFacts[];
  /** This target configures all nodes; else each node gets DRBD metadata and nothing is declared good or started. */
  readonly complete: boolean;
}

/** Logical id of the resource that provisions a cluster. */
export function provisionResourceId(cluster: string): string {
  return `cluster_${terraformName(cluster)}_provision`;
}

/** The clusters that one target provisions. */
export function provisionGroups(topology: Topology, hosts: readonly HostFacts[]): ProvisionGroup[] {
  const byId = new Map(hosts.map((host) => [host.id, host]));
  return topology.clusters.flatMap((cluster) => {
    const nodes = cluster.nodes.flatMap((node) => byId.get(node) ?? []);
    const provision = nodes.length > 0 ? build(topology, cluster) : undefined;
    return provision ? [{ cluster, provision, hosts: nodes, complete: nodes.length === cluster.nodes.length }] : [];
  });
}

/**
 * Provisions a cluster. What it is replaced for is only what changes disks, mounts and nodes: a changed file does not
 * run it again. Every command may be repeated, so a run too many does no harm.
 *
 * A target with one of two nodes gives this node metadata and no more: whether an empty replica may be declared good
 * depends on the other node, which another stack brings up at another time. An operator runs `initialize` and `start`.
 */
export function provisionResource(
  topology: Topology,
  connection: ConnectionSettings,
  place: Place,
  { cluster, provision, hosts, complete }: ProvisionGroup,
  dependsOn: readonly string[],
): object {
  const blocks = new Map(hosts.map((host) => [host, connection.block(topology, host)]));
  const addresses = Object.fromEntries(hosts.map((host) => [host.name, connection.address(topology, host)]));
  const preferred = new Set(provision.groups.map((group) => group.preferred));
  const initializing = hosts.filter((host) => preferred.has(host.name));
  const step =
    (action: Parameters<typeof provisionStep>[1]) =>
    (host: HostFacts): Provisioner =>
      provisionStep(place, action, blocks.get(host) ?? {});
  const resource = {
    depends_on: dependsOn,
    triggers_replace: {
      deployment: topology.name,
      cluster: cluster.name,
      nodes: cluster.nodes.map((node) => lookup(topology).host(node).name),
      volumes: provision.volumes
        .filter((volume) => hosts.some((host) => host.name === volume.host))
        .map((v) => `${v.host} ${v.resource}/${v.number} ${v.device} ${v.disk} ${v.metaDisk}`),
      mounts: provision.mounts.map((mount) => `${mount.device} ${mount.directory} ${mount.fileSystem}`),
      addresses,
    },
    provisioner: [
      ...hosts.map(step('metadata')),
      // A heartbeat that is waited for while its peer is not started yet would fence it after `initdead`.
      ...(complete
        ? [...initializing.map(step('initialize')), ...hosts.map(step('start --no-wait')), ...hosts.map(step('start'))]
        : []),
    ],
    '//': { metadata: { path: cluster.path, uniqueId: provisionResourceId(cluster.name) } },
  };
  const given = [addresses, ...blocks.values()].flatMap((values) => Object.values(values));
  return given.some(Token.isUnresolved) ? resource : settled(resource);
}
